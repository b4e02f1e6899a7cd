'use client';

import { endpoints, type Schedule } from '@loopstart/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
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
      toast('The stand-in was added.');
    },
    checkOverride,
  );
  const moment = (text: FormDataEntryValue | undefined) => instantOfLocal(String(text ?? ''), zone) ?? undefined;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`A stand-in for ${schedule.name}`}
      description="For this time they are on call instead of whoever it would be."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            Add stand-in
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
        <ChoiceField label="Who" name="userId" defaultValue="" error={form.errors.userId}>
          <option value="">{people === undefined ? 'Loading…' : 'Choose one'}</option>
          {people?.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </ChoiceField>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="From" name="startsAt" type="datetime-local" error={form.errors.startsAt} />
          <TextField label="Until" name="endsAt" type="datetime-local" error={form.errors.endsAt} />
        </div>
        <p className="-mt-2 text-xs text-ink-3">Times are those of {zone}.</p>
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
