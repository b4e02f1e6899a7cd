'use client';

import { type ConfigDriftView, endpoints } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api/browser.ts';
import { useNow } from '../../../lib/clock/now.tsx';
import { instantOfLocal, localMoment } from '../../../lib/forms/local-moment.ts';
import { useSubmit } from '../../../lib/forms/use-submit.ts';
import { useZone } from '../../../lib/preferences/zone.ts';
import { t } from '../../../messages/configuration.ts';
import { CheckField } from '../../../ui/check-field.tsx';
import { AreaField, TextField } from '../../../ui/field.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';

export type DriftDecision = 'overwrite' | 'ignore';
const WEEK_MS = 7 * 86_400_000;

/** Decides about a change that was made elsewhere, with a reason; one that is ignored comes back at a stated time. */
export function DriftDialog(props: { drift: ConfigDriftView; decision: DriftDecision; onClose: () => void }) {
  const { drift, decision, onClose } = props;
  const client = useQueryClient();
  const zone = useZone(null);
  const nowMs = useNow(60_000);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => localMoment(nowMs + WEEK_MS, zone));
  const [lifeSafetyConfirmed, setConfirmed] = useState(false);
  const form = useSubmit(endpoints.decideConfigDrift.body, async (body) => {
    await call(endpoints.decideConfigDrift, { params: { driftId: drift.id }, body });
    await client.invalidateQueries();
    onClose();
  });
  return (
    <FormDialog
      title={t.group('driftTitles')[decision]}
      description={t.group('driftAbouts')[decision]}
      yes={t.group('driftYes')[decision]}
      form={form}
      values={{
        decision,
        reason,
        ...(decision === 'ignore' ? { until: instantOfLocal(until, zone) ?? until } : { lifeSafetyConfirmed }),
      }}
      onClose={onClose}
    >
      <AreaField
        label={t('reason')}
        name="reason"
        value={reason}
        error={form.errors['reason']}
        onChange={(event) => setReason(event.target.value)}
      />
      {decision === 'overwrite' && (
        <CheckField checked={lifeSafetyConfirmed} onChange={setConfirmed} label={t('lifeSafetyConfirmed')} />
      )}
      {decision === 'ignore' && (
        <TextField
          label={t('ignoreUntil')}
          name="until"
          type="datetime-local"
          value={until}
          error={form.errors['until']}
          onChange={(event) => setUntil(event.target.value)}
        />
      )}
    </FormDialog>
  );
}
