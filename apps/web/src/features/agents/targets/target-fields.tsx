'use client';

import { ChevronDown, KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FieldErrors } from '../../../lib/forms/issues.ts';
import { IconButton } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { ChoiceField, TextField } from '../../../ui/field.tsx';
import { AccessFields } from './access-fields.tsx';
import type { StoredTarget, TargetDraft } from './draft.ts';
import { t } from '../../../messages/agents.ts';

interface Props {
  draft: TargetDraft;
  /** The path of this target in the form, such as `targets.3`. */
  path: string;
  stored: StoredTarget | undefined;
  errors: FieldErrors;
  onChange: (part: Partial<TargetDraft>) => void;
  onRemove: () => void;
}

/** One target: a line that opens into its fields. A new one, or one with an error, is open. */
export function TargetFields({ draft, path, stored, errors, onChange, onRemove }: Props) {
  const [opened, setOpened] = useState(stored === undefined);
  const wrong = Object.keys(errors).some((field) => field.startsWith(`${path}.`));
  const open = opened || wrong;
  const name = draft.address.trim() === '' ? t('newTarget') : draft.address;
  return (
    <div className={cx('rounded-md border', wrong ? 'border-critical-line' : 'border-line')}>
      <div className="flex items-center gap-1 py-1 pr-1 pl-1">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpened(!open)}
          className="flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
        >
          <ChevronDown
            aria-hidden="true"
            className={cx('size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-180')}
          />
          <span className="truncate font-mono text-sm">{name}</span>
          <span className="ml-auto shrink-0 text-sm text-ink-3">{summaryOf(draft, stored)}</span>
        </button>
        <IconButton
          label={t('remove', { name })}
          icon={<Trash2 aria-hidden="true" className="size-4" />}
          onClick={onRemove}
        />
      </div>
      {open && (
        <div className="grid gap-3 border-t border-line px-3 pt-3 pb-4 sm:grid-cols-6">
          <div className="sm:col-span-3">
            <TextField
              label={t('addressOrRange')}
              name={`${path}.address`}
              value={draft.address}
              placeholder={t('addressExample', { address: '192.0.2.10', range: '192.0.2.0/24' })}
              onChange={(event) => onChange({ address: event.target.value })}
              error={errors[`${path}.address`]}
              spellCheck={false}
            />
          </div>
          <TextField
            label={t('port')}
            name={`${path}.port`}
            inputMode="numeric"
            value={draft.port}
            onChange={(event) => onChange({ port: event.target.value })}
            error={errors[`${path}.port`]}
          />
          <div className="sm:col-span-2">
            <TextField
              label={t('pollingInterval')}
              name={`${path}.pollIntervalMs`}
              inputMode="decimal"
              value={draft.pollIntervalS}
              placeholder={t('driverDefault')}
              onChange={(event) => onChange({ pollIntervalS: event.target.value })}
              error={errors[`${path}.pollIntervalMs`]}
              hint={t('seconds13600')}
            />
          </div>
          <div className="sm:col-span-3">
            <ChoiceField
              label={t('snmpAccess')}
              name={`${path}.access.version`}
              value={draft.access}
              onChange={(event) => onChange({ access: event.target.value as TargetDraft['access'] })}
              error={errors[`${path}.access`]}
            >
              {stored !== undefined && (
                <option value="keep">{t('keepAccess', { accessWords: accessWords(stored) })}</option>
              )}
              <option value="v3">SNMPv3</option>
              <option value="v2c">SNMPv2c</option>
              <option value="v1">SNMPv1</option>
            </ChoiceField>
          </div>
          {draft.access === 'keep' ? (
            <p className="flex items-center gap-2 self-end pb-2 text-sm text-ink-3 sm:col-span-3">
              <KeyRound aria-hidden="true" className="size-4 shrink-0" />
              {t('secretsStoredEncryptedNever')}
            </p>
          ) : (
            <AccessFields draft={draft} path={`${path}.access`} errors={errors} onChange={onChange} />
          )}
        </div>
      )}
    </div>
  );
}

function summaryOf(draft: TargetDraft, stored: StoredTarget | undefined): string {
  if (draft.access === 'keep') return stored === undefined ? '' : accessWords(stored);
  return t('newAccess', { access: draft.access });
}

function accessWords(stored: StoredTarget): string {
  return t('accessWords', {
    version: stored.version,
    user: stored.user ?? '',
    named: stored.user === null ? 'no' : 'yes',
    write: stored.canWrite ? 'yes' : 'no',
  });
}
