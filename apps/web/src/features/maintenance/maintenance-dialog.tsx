'use client';

import { endpoints, MaintenanceInput, type MaintenanceWindow } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { localMoment } from '../../lib/forms/local-moment.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { useZone } from '../../lib/preferences/zone.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AreaField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { WaitField } from '../../ui/wait-field.tsx';
import { ZoneField } from '../../ui/zone-field.tsx';
import {
  checkMaintenance,
  type MaintenanceDraft,
  maintenanceDraftOf,
  maintenanceInputOf,
  newMaintenance,
} from './maintenance-form.ts';
import { RecurrenceFields } from './recurrence-fields.tsx';
import { windowSentence } from './recurrence-words.ts';
import { ScopeFields } from './scope-fields.tsx';
import { t } from '../../messages/maintenance.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Edited; without it a new window is planned. */
  window?: MaintenanceWindow;
}

/** Plans or changes a maintenance window. Mounted only while open, so that it begins with what is true now. */
export function MaintenanceDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange, window }: Props) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const zone = useZone(null);
  const today = localMoment(useNow(60_000), zone).slice(0, 10);
  const [draft, setDraft] = useState<MaintenanceDraft>(() =>
    window === undefined ? newMaintenance(zone, today) : maintenanceDraftOf(window),
  );
  const change = (part: Partial<MaintenanceDraft>) => setDraft((old) => ({ ...old, ...part }));
  const form = useSubmit(
    MaintenanceInput,
    async (body) => {
      const saved =
        window === undefined
          ? await call(endpoints.createMaintenance, { body })
          : await call(endpoints.updateMaintenance, { params: { windowId: window.id }, body });
      await client.invalidateQueries();
      onOpenChange(false);
      toast(t('savedWindow', { title: saved.title, windowIs: window === undefined ? 'yes' : 'no' }));
    },
    checkMaintenance,
  );
  const { errors } = form;
  const plan = MaintenanceInput.pick({
    timeZone: true,
    startsOn: true,
    startsAt: true,
    durationMinutes: true,
    recurrence: true,
  }).safeParse(maintenanceInputOf(draft));
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title={window === undefined ? t('planMaintenance') : t('change', { title: window.title })}
      description={t('problemsDuringMaintenanceRecorded')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {window === undefined ? t('planIt') : common('save')}
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
          void form.submit(maintenanceInputOf(draft));
        }}
      >
        <TextField
          label={t('title')}
          name="title"
          maxLength={120}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
          error={errors.title}
        />
        <ScopeFields
          scopes={['customer', 'site', 'gateway']}
          scope={draft.scope}
          scopeId={draft.scopeId}
          name="scopeId"
          errors={errors}
          onChange={change}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField
            label={draft.every === 'once' ? t('on') : t('from2')}
            name="startsOn"
            type="date"
            value={draft.startsOn}
            onChange={(event) => change({ startsOn: event.target.value })}
            error={errors.startsOn === undefined ? undefined : t('chooseADay')}
          />
          <TextField
            label={t('at')}
            name="startsAt"
            type="time"
            value={draft.startsAt}
            onChange={(event) => change({ startsAt: event.target.value })}
            error={errors.startsAt}
          />
          <WaitField
            label={t('for')}
            name="durationMinutes"
            wait={draft.duration}
            unit={draft.unit}
            onChange={({ wait, unit }) => change({ duration: wait ?? draft.duration, unit: unit ?? draft.unit })}
            error={errors.durationMinutes}
          />
        </div>
        <ZoneField
          name="timeZone"
          value={draft.timeZone}
          onChange={(timeZone) => change({ timeZone })}
          error={errors.timeZone}
          hint={t('localTimeStaysSame')}
        />
        <RecurrenceFields draft={draft} onChange={change} errors={errors} />
        {plan.success && (
          <p className="flex items-start gap-2 rounded-md bg-sunken px-3 py-2 text-sm">
            <CalendarClock aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
            {windowSentence(plan.data)}
          </p>
        )}
        <AreaField
          label={common('reason')}
          name="reason"
          rows={2}
          maxLength={500}
          value={draft.reason}
          onChange={(event) => change({ reason: event.target.value })}
          error={errors.reason}
          hint={t('colleaguesReadTheyAsk')}
        />
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
