'use client';

import { endpoints, type Schedule } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { instantOfLocal } from '../../lib/forms/local-moment.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { peopleQuery } from '../matching/index.ts';
import { checkOverride } from './schedule-form.ts';
import { t } from '../../messages/schedules.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  schedule: Schedule;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Somebody takes over for a while. */
export function OverrideDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ schedule, open, onOpenChange }: Props) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const people = useQuery(peopleQuery()).data?.items;
  const zone = schedule.timeZone;
  const form = useSubmit(
    endpoints.createScheduleOverride.body,
    async (body) => {
      await call(endpoints.createScheduleOverride, { params: { scheduleId: schedule.id }, body });
      await client.invalidateQueries();
      onOpenChange(false);
      toast(t('overrideAdded'));
    },
    checkOverride,
  );
  const moment = (text: FormDataEntryValue | undefined) => instantOfLocal(String(text ?? ''), zone) ?? undefined;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('addOverride', { name: schedule.name })}
      description={t('duringTimePersonCall')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {t('addOverride2')}
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
          const { userId, startsAt, endsAt } = Object.fromEntries(new FormData(event.currentTarget));
          void form.submit({ userId, startsAt: moment(startsAt), endsAt: moment(endsAt) });
        }}
      >
        <ChoiceField label={t('person')} name="userId" defaultValue="" error={form.errors.userId}>
          <option value="">{people === undefined ? common('loadingDots') : common('chooseOne')}</option>
          {people?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </ChoiceField>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label={t('from')} name="startsAt" type="datetime-local" error={form.errors.startsAt} />
          <TextField label={t('until')} name="endsAt" type="datetime-local" error={form.errors.endsAt} />
        </div>
        <p className="-mt-2 text-xs text-ink-3">{t('timesAreIn', { zone })}</p>
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
