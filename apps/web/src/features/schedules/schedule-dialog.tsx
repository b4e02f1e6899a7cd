'use client';

import { endpoints, type Schedule, ScheduleInput } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { useNow } from '../../lib/clock/now.tsx';
import { localMoment } from '../../lib/forms/local-moment.ts';
import { moved } from '../../lib/forms/moved.ts';
import { useSubmit } from '../../lib/forms/use-submit.ts';
import { useZone } from '../../lib/preferences/zone.ts';
import { uuid } from '../../lib/uuid.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ZoneField } from '../../ui/zone-field.tsx';
import { LayerFields } from './layer-fields.tsx';
import { type LayerDraft, newLayer, type ScheduleDraft, scheduleDraftOf, scheduleInputOf } from './schedule-form.ts';
import { t } from '../../messages/schedules.ts';
import { t as common } from '../../messages/common.ts';

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Edited; without it a new schedule is made. */
  schedule?: Schedule;
}

/** Adds or changes a schedule. Mounted only while open, so that it begins with what is true now. */
export function ScheduleDialog(props: Props) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange, schedule }: Props) {
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const zone = useZone(null);
  const today = localMoment(useNow(60_000), zone).slice(0, 10);
  const [draft, setDraft] = useState<ScheduleDraft>(() =>
    schedule === undefined
      ? { name: '', timeZone: zone, layers: [newLayer(uuid(), today, 0)] }
      : scheduleDraftOf(schedule, uuid),
  );
  const form = useSubmit(ScheduleInput, async (body) => {
    const saved =
      schedule === undefined
        ? await call(endpoints.createSchedule, { body })
        : await call(endpoints.updateSchedule, { params: { scheduleId: schedule.id }, body });
    await client.invalidateQueries();
    onOpenChange(false);
    toast(t('savedSchedule', { name: saved.name, scheduleIs: schedule === undefined ? 'yes' : 'no' }));
  });
  const { layers } = draft;
  const setLayers = (next: LayerDraft[]) => setDraft((old) => ({ ...old, layers: next }));
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title={schedule === undefined ? t('addCallSchedule') : t('change', { name: schedule.name })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button look="primary" type="submit" form={id} pending={form.pending}>
            {schedule === undefined ? t('addSchedule') : common('save')}
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
          void form.submit(scheduleInputOf(draft));
        }}
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={common('name')}
            name="name"
            value={draft.name}
            maxLength={120}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            error={form.errors.name}
          />
          <ZoneField
            name="timeZone"
            value={draft.timeZone}
            onChange={(timeZone) => setDraft({ ...draft, timeZone })}
            error={form.errors.timeZone}
            hint={t('handOversFollowLocal')}
          />
        </div>
        <p className="text-sm text-ink-2">{t('lowerLayerPriorityHours')}</p>
        {layers.map((layer, index) => (
          <LayerFields
            key={layer.key}
            layer={layer}
            index={index}
            isLast={index === layers.length - 1}
            errors={form.errors}
            onChange={(part) => setLayers(layers.map((one, at) => (at === index ? { ...one, ...part } : one)))}
            onRemove={layers.length === 1 ? null : () => setLayers(layers.filter((_, at) => at !== index))}
            onMove={(by) => setLayers(moved(layers, index, index + by))}
          />
        ))}
        <div>
          <Button
            onClick={() => setLayers([...layers, newLayer(uuid(), today, layers.length)])}
            icon={<Plus aria-hidden="true" className="size-4" />}
          >
            {t('addALayer')}
          </Button>
        </div>
        {form.failure !== null && <FailureNote told={form.failure} />}
      </form>
    </Dialog>
  );
}
