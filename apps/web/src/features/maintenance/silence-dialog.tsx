'use client';

import { endpoints, SilenceInput } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES } from '@loopstart/domain';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { localMoment } from '../../lib/forms/local-moment.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { useZone } from '../../lib/preferences/zone.ts';
import { LINE_DEVICE_WORDS } from '../../lib/words/port.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { MultiChoice } from '../../ui/multi-choice.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { KIND_OPTIONS, SEVERITY_OPTIONS } from '../matching/index.ts';
import { ScopeFields } from './scope-fields.tsx';
import { checkSilence, newSilence, type SilenceDraft, silenceInputOf } from './silence-form.ts';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

const HOUR_MS = 3_600_000;
const DEVICE_OPTIONS = LINE_DEVICE_CLASSES.map((device) => [device, LINE_DEVICE_WORDS[device]] as const);

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Silences something for a while, with a reason. Mounted only while open. */
export function SilenceDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange }: Props) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const zone = useZone(null);
  const nowMs = useNow(60_000);
  const [draft, setDraft] = useState<SilenceDraft>(() => newSilence(localMoment(nowMs + 4 * HOUR_MS, zone)));
  const change = (part: Partial<SilenceDraft>) => setDraft((old) => ({ ...old, ...part }));
  const form = useSubmit(
    SilenceInput,
    async (body) => {
      await call(endpoints.createSilence, { body });
      await client.invalidateQueries();
      onOpenChange(false);
      toast(t('silenceAdded'), t('incidentsNotifiedBeforeStill'));
    },
    (input) => checkSilence(input, nowMs),
  );
  const { errors } = form;
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title={t('addASilence')}
      description={t('matchingIncidentsAppearInbox')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {t('addSilence')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit(silenceInputOf(draft, zone));
        }}
      >
        <ScopeFields
          scopes={['operator', 'customer', 'site', 'gateway']}
          scope={draft.scope}
          scopeId={draft.scopeId}
          name={`matcher.${draft.scope}Id`}
          errors={errors}
          onChange={change}
        />
        {draft.scope === 'gateway' && (
          <TextField
            label={t('port')}
            name="matcher.position"
            optional
            inputMode="numeric"
            value={draft.position}
            onChange={(event) => change({ position: event.target.value })}
            error={errors['matcher.position']}
            hint={t('leaveEmptyWholeGateway')}
          />
        )}
        <MultiChoice
          legend={common('severity')}
          name="matcher.severities"
          none={t('any')}
          options={SEVERITY_OPTIONS}
          value={draft.severities}
          onChange={(severities) => change({ severities })}
          error={errors['matcher.severities']}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <MultiChoice
            legend={t('kinds')}
            name="matcher.kinds"
            none={t('any')}
            options={KIND_OPTIONS}
            value={draft.kinds}
            onChange={(kinds) => change({ kinds })}
            error={errors['matcher.kinds']}
          />
          <MultiChoice
            legend={t('lineDevice')}
            name="matcher.lineDeviceClasses"
            none={t('any')}
            options={DEVICE_OPTIONS}
            value={draft.lineDeviceClasses}
            onChange={(lineDeviceClasses) => change({ lineDeviceClasses })}
            error={errors['matcher.lineDeviceClasses']}
          />
          <TextField
            label={t('from2')}
            name="startsAt"
            type="datetime-local"
            optional
            value={draft.startsAt}
            onChange={(event) => change({ startsAt: event.target.value })}
            error={errors.startsAt}
            hint={t('leaveEmptyStartNow', { zone })}
          />
          <TextField
            label={t('until3')}
            name="endsAt"
            type="datetime-local"
            value={draft.endsAt}
            onChange={(event) => change({ endsAt: event.target.value })}
            error={errors.endsAt}
            hint={t('most90DaysNow')}
          />
        </div>
        <AreaField
          label={common('reason')}
          name="reason"
          rows={2}
          maxLength={500}
          value={draft.reason}
          onChange={(event) => change({ reason: event.target.value })}
          error={errors.reason}
        />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
