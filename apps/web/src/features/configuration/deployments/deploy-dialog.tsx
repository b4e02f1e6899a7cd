'use client';

import { endpoints } from '@loopstart/contracts';
import { DEPLOYMENT_MODES, type DeploymentMode } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useNow } from '../../../lib/clock/now.tsx';
import { instantOfLocal, localMoment } from '../../../lib/forms/local-moment.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { useZone } from '../../../lib/preferences/zone.ts';
import { t } from '../../../messages/configuration.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { AreaField, ChoiceField, TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { RadioList } from '../../../ui/radio-list.tsx';
import { SubjectField } from '../../matching/index.ts';

const DAY_MS = 86_400_000;
const TARGETS = ['all', 'customer', 'site', 'gateway'] as const;
type Target = (typeof TARGETS)[number];

/** Sends a revision to gateways: to which, when, and what happens after a failure. */
export function DeployDialog(props: { revision: number; gatewayId?: string; onClose: () => void }) {
  const { revision, gatewayId = '', onClose } = props;
  const router = useRouter();
  const client = useQueryClient();
  const zone = useZone(null);
  const nowMs = useNow(60_000);
  const [target, setTarget] = useState<Target>(gatewayId === '' ? 'all' : 'gateway');
  const [subject, setSubject] = useState(gatewayId);
  const [mode, setMode] = useState<DeploymentMode>('window');
  const [stopOnFailure, setStop] = useState(true);
  const [expires, setExpires] = useState(() => localMoment(nowMs + 7 * DAY_MS, zone));
  const [reason, setReason] = useState('');
  const [lifeSafetyConfirmed, setConfirmed] = useState(false);
  const [acceptsReadBack, setAccepts] = useState(false);
  const [overrideReason, setOverride] = useState('');
  const form = useSubmit(
    endpoints.deployConfig.body,
    async (body) => {
      const { id } = await call(endpoints.deployConfig, { body });
      await client.invalidateQueries();
      onClose();
      router.push(`/configuration/deployments/${id}`);
    },
    () => (target !== 'all' && subject === '' ? { [`${target}Id`]: t('chooseTarget') } : {}),
  );
  const values = {
    revision,
    mode,
    stopOnFailure,
    reason,
    lifeSafetyConfirmed,
    acceptsReadBack,
    expiresAt: instantOfLocal(expires, zone) ?? expires,
    overrideReason: overrideReason.trim() === '' ? null : overrideReason,
    ...(target === 'customer' && { customerId: subject || undefined }),
    ...(target === 'site' && { siteId: subject || undefined }),
    ...(target === 'gateway' && { gatewayIds: subject === '' ? undefined : [subject] }),
  };
  return (
    <FormDialog
      title={t('deployTitle', { number: revision })}
      description={t('deployAbout')}
      yes={t('deploy')}
      form={form}
      values={values}
      onClose={onClose}
    >
      <ChoiceField
        label={t('toWhich')}
        name="target"
        value={target}
        onChange={(event) => {
          setTarget(event.target.value as Target);
          setSubject('');
        }}
      >
        {TARGETS.map((one) => (
          <option key={one} value={one}>
            {t.group('targets')[one]}
          </option>
        ))}
      </ChoiceField>
      {target !== 'all' && (
        <SubjectField
          kind={target}
          legend={t.group('targetNames')[target]}
          name={`${target}Id`}
          value={subject}
          error={form.errors[`${target}Id`]}
          onChange={setSubject}
        />
      )}
      <RadioList
        label={t('when')}
        value={mode}
        options={DEPLOYMENT_MODES.map((one) => ({ value: one, words: t.group('modes')[one] }))}
        onChange={setMode}
        note={t.group('modeNotes')[mode]}
      />
      <CheckField checked={stopOnFailure} onChange={setStop} label={t('stopOnFailure')} />
      <CheckField checked={lifeSafetyConfirmed} onChange={setConfirmed} label={t('lifeSafetyConfirmed')} />
      <CheckField
        checked={acceptsReadBack}
        onChange={setAccepts}
        label={
          <span>
            {t('acceptsReadBack')}
            <span className="block text-sm text-ink-3">{t('acceptsReadBackHint')}</span>
          </span>
        }
      />
      <TextField
        label={t('expires')}
        name="expiresAt"
        type="datetime-local"
        value={expires}
        error={form.errors['expiresAt']}
        hint={t('expiresHint')}
        onChange={(event) => setExpires(event.target.value)}
      />
      <AreaField
        label={t('reason')}
        name="reason"
        value={reason}
        error={form.errors['reason']}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label={t('idleOverride')}
        name="overrideReason"
        optional
        value={overrideReason}
        error={form.errors['overrideReason']}
        hint={t('idleOverrideHint')}
        onChange={(event) => setOverride(event.target.value)}
      />
    </FormDialog>
  );
}
