import type { Schedule, ScheduleInput } from '@loopstart/contracts';
import type { z } from 'zod';
import type { FieldErrors } from '../../lib/forms/issues.ts';
import { t } from '../../messages/schedules.ts';

export interface LayerDraft {
  /** Tells layers apart while they are moved; never sent. */
  key: string;
  name: string;
  userIds: string[];
  startsOn: string;
  handOverAt: string;
  turn: Schedule['layers'][number]['turn'];
  limited: boolean;
  weekdays: number[];
  from: string;
  to: string;
}

export interface ScheduleDraft {
  name: string;
  timeZone: string;
  layers: LayerDraft[];
}

/** A layer to begin with; turns count from `today`. */
export function newLayer(key: string, today: string, index: number): LayerDraft {
  return {
    key,
    name: t('layerN', { index: index + 1 }),
    userIds: [],
    startsOn: today,
    handOverAt: '09:00',
    turn: 'week',
    limited: false,
    weekdays: [1, 2, 3, 4, 5],
    from: '08:00',
    to: '18:00',
  };
}

export function scheduleDraftOf(schedule: Schedule, newKey: () => string): ScheduleDraft {
  return {
    name: schedule.name,
    timeZone: schedule.timeZone,
    layers: schedule.layers.map(({ only, ...layer }, index) => ({
      ...newLayer(newKey(), layer.startsOn, index),
      ...layer,
      ...(only === null ? {} : { limited: true, ...only }),
    })),
  };
}

/** What is sent for a draft; it still has to pass the contract's schema. */
export function scheduleInputOf(draft: ScheduleDraft): z.input<typeof ScheduleInput> {
  return {
    name: draft.name,
    timeZone: draft.timeZone.trim(),
    layers: draft.layers.map(({ name, userIds, startsOn, handOverAt, turn, limited, weekdays, from, to }) => ({
      name,
      userIds,
      startsOn,
      handOverAt,
      turn,
      only: limited ? { weekdays, from, to } : null,
    })),
  };
}

/** A stand-in has to end after it begins. */
export function checkOverride(input: { startsAt: string; endsAt: string }): FieldErrors {
  return Date.parse(input.endsAt) > Date.parse(input.startsAt) ? {} : { endsAt: t('endBeforeBeginning') };
}
