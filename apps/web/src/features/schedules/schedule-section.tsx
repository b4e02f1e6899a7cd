'use client';

import { endpoints, type Schedule } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CalendarPlus, Pencil, Phone, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityLabel } from '../../ui/severity-label.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { Names } from '../matching/index.ts';
import { useRefusals } from '../session/index.ts';
import { OnCallStrip } from './on-call-strip.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { OverrideList } from './override-list.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { layerSentence } from './schedule-words.ts';
import { t } from '../../messages/schedules.ts';
import { t as common } from '../../messages/common.ts';

/** One schedule: who is on call now and in the next two weeks, and by which layers. */
export function ScheduleSection({ schedule, names }: { schedule: Schedule; names: Names | undefined }) {
  const refusalOf = useRefusals();
  const [open, setOpen] = useState<'edit' | 'override' | 'remove' | null>(null);
  const close = () => setOpen(null);
  return (
    <Section
      title={schedule.name}
      note={schedule.timeZone}
      actions={
        <>
          <Button
            size="sm"
            disabledReason={refusalOf('schedules.override')}
            onClick={() => setOpen('override')}
            icon={<CalendarPlus aria-hidden="true" className="size-3.5" />}
          >
            {t('addOverride2')}
          </Button>
          <Button
            size="sm"
            disabledReason={refusalOf('schedules.write')}
            onClick={() => setOpen('edit')}
            icon={<Pencil aria-hidden="true" className="size-3.5" />}
          >
            {common('edit')}
            <span className="sr-only"> {schedule.name}</span>
          </Button>
          <Button
            size="sm"
            look="danger"
            disabledReason={refusalOf('schedules.delete')}
            onClick={() => setOpen('remove')}
            icon={<Trash2 aria-hidden="true" className="size-3.5" />}
          >
            {t('delete')}
            <span className="sr-only"> {schedule.name}</span>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <OnCallNow schedule={schedule} />
        <OnCallStrip schedule={schedule} />
        <ol aria-label={t('layers')} className="flex flex-col gap-1 text-sm text-ink-2">
          {schedule.layers.map((layer, index) => (
            <li key={index}>
              <span className="font-medium text-ink">{layer.name}:</span>{' '}
              {names === undefined ? '…' : layerSentence(layer, names)}
            </li>
          ))}
        </ol>
        <OverrideList schedule={schedule} names={names} refusal={refusalOf('schedules.override')} />
      </div>
      <ScheduleDialog schedule={schedule} open={open === 'edit'} onOpenChange={close} />
      <OverrideDialog schedule={schedule} open={open === 'override'} onOpenChange={close} />
      <RemoveDialog schedule={schedule} open={open === 'remove'} onOpenChange={close} />
    </Section>
  );
}

function OnCallNow({ schedule }: { schedule: Schedule }) {
  const { onCallNow } = schedule;
  if (onCallNow === null) return <SeverityLabel severity="critical">{t('nobodyCallNow')}</SeverityLabel>;
  return (
    <p className="flex items-center gap-2.5">
      <span className="grid size-8 shrink-0 place-items-center rounded-full bg-ok-soft text-ok">
        <Phone aria-hidden="true" className="size-4" />
      </span>
      <span>
        {t.rich('onCallNow', { name: onCallNow.name, strong: <strong className="font-semibold" /> })}
        {onCallNow.until !== null && (
          <span className="text-ink-2">
            {t.rich('untilMoment', { moment: <Moment at={onCallNow.until} siteZone={schedule.timeZone} /> })}
          </span>
        )}
      </span>
    </p>
  );
}

function RemoveDialog(props: { schedule: Schedule; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { schedule } = props;
  const client = useQueryClient();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => call(endpoints.deleteSchedule, { params: { scheduleId: schedule.id } }),
    onSuccess: async () => {
      await client.invalidateQueries();
      props.onOpenChange(false);
      toast(t('wasDeleted', { name: schedule.name }));
    },
  });
  return (
    <ConfirmDialog
      danger
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('delete2', { name: schedule.name })}
      yes={t('delete')}
      no={t('keepIt')}
      mutation={remove}
    >
      <p>{t('overridesDeletedTooSchedule')}</p>
    </ConfirmDialog>
  );
}
