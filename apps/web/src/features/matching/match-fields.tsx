'use client';

import { ALERT_SEVERITIES, type AlertSeverity } from '@loopstart/contracts';
import { CONDITIONS, type ConditionKind, SOURCED_KINDS, LINE_DEVICE_CLASSES } from '@loopstart/domain';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { LINE_DEVICE_WORDS, SEVERITY_WORDS } from '../../lib/words/port.ts';
import { MultiChoice } from '../../ui/multi-choice.tsx';
import type { MatchDraft } from './match.ts';
import { SubjectsField } from './subject-fields.tsx';
import { t } from '../../messages/matching.ts';
import { t as common } from '../../messages/common.ts';

export const SEVERITY_OPTIONS: readonly (readonly [AlertSeverity, string])[] = [...ALERT_SEVERITIES]
  .reverse()
  .map((severity) => [severity, SEVERITY_WORDS[severity]]);
export const KIND_OPTIONS: readonly (readonly [ConditionKind, string])[] = SOURCED_KINDS.map(
  (kind) => [kind, CONDITIONS[kind].title] as const,
).sort(([, a], [, b]) => a.localeCompare(b, 'en'));
const DEVICE_OPTIONS = LINE_DEVICE_CLASSES.map((device) => [device, LINE_DEVICE_WORDS[device]] as const);

/** Boxes for which incidents something takes. `without` leaves out what the thing cannot be narrowed by. */
export function MatchFields(props: {
  /** The path of the match in its form, such as `match`. */
  path: string;
  draft: MatchDraft;
  onChange: (part: Partial<MatchDraft>) => void;
  errors: FieldErrors;
  without?: readonly (keyof MatchDraft)[];
}) {
  const { path, draft, onChange, errors, without = [] } = props;
  const error = (field: keyof MatchDraft) => errors[`${path}.${field}`];
  const name = (field: keyof MatchDraft) => `${path}.${field}`;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <MultiChoice
          legend={common('severity')}
          name={name('severities')}
          none={t('any')}
          options={SEVERITY_OPTIONS}
          value={draft.severities}
          onChange={(severities) => onChange({ severities })}
          error={error('severities')}
        />
      </div>
      {!without.includes('customerIds') && (
        <SubjectsField
          kind="customer"
          legend={common('customers')}
          name={name('customerIds')}
          none={t('any')}
          value={draft.customerIds}
          onChange={(customerIds) => onChange({ customerIds })}
          error={error('customerIds')}
        />
      )}
      {!without.includes('siteIds') && (
        <SubjectsField
          kind="site"
          legend={common('sites')}
          name={name('siteIds')}
          none={t('any')}
          value={draft.siteIds}
          onChange={(siteIds) => onChange({ siteIds })}
          error={error('siteIds')}
        />
      )}
      <MultiChoice
        legend={t('kinds')}
        name={name('kinds')}
        none={t('any')}
        options={KIND_OPTIONS}
        value={draft.kinds}
        onChange={(kinds) => onChange({ kinds })}
        error={error('kinds')}
      />
      <MultiChoice
        legend={t('lineDevice')}
        name={name('lineDeviceClasses')}
        none={t('any')}
        options={DEVICE_OPTIONS}
        value={draft.lineDeviceClasses}
        onChange={(lineDeviceClasses) => onChange({ lineDeviceClasses })}
        error={error('lineDeviceClasses')}
      />
    </div>
  );
}
