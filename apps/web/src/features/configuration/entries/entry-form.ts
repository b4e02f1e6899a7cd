import { ConfigEditInput } from '@loopstart/contracts';
import {
  type FieldId,
  fieldOf,
  LINE_DEVICE_CLASSES,
  type LineDeviceClass,
  TELEPHONY_FIELD_IDS,
} from '@loopstart/domain';
import { z } from 'zod';
import type { Place } from '../place/place.ts';
import { textOf, valueOf } from '../setting/setting-text.ts';
import type { EntryRow } from './rows.ts';

/** What the form of a setting sends: one edit, and the name of the draft where one is begun for it. */
export const EntryForm = z.object({ edit: ConfigEditInput, draftName: z.string().trim().min(1).max(120) });

/** A setting as it is being edited. */
export interface EntryDraft {
  field: FieldId;
  deviceClass: LineDeviceClass | '';
  /** Give a value, or leave what the gateway has. */
  action: 'set' | 'unmanage';
  text: string;
  isSealed: boolean;
  draftName: string;
}

/** Settings that a place can have: single ports have none of the whole gateway. */
export const fieldsOf = (place: Place): readonly FieldId[] =>
  TELEPHONY_FIELD_IDS.filter((field) => place.layer !== 'port' || fieldOf(field).level === 'port');

/** Line devices that a setting can be made for at a place; none where it is for the whole gateway or one port. */
export const classesOf = (place: Place, field: FieldId): readonly LineDeviceClass[] =>
  place.layer === 'port' || fieldOf(field).level === 'gateway' ? [] : LINE_DEVICE_CLASSES;

/** The form of a setting as it stands: the edit of the draft, else the published value. Secrets begin empty. */
export function entryDraftOf(row: EntryRow, draftName: string): EntryDraft {
  const { field, deviceClass, entry, edit } = row;
  const { type, secret } = fieldOf(field);
  const holds = edit ?? entry;
  const isUnmanaged = edit === null ? entry !== null && entry.value === null : edit.action === 'unmanage';
  return {
    field,
    deviceClass: deviceClass ?? '',
    action: isUnmanaged ? 'unmanage' : 'set',
    text: secret === true || holds === null ? '' : textOf(type, holds.value),
    isSealed: holds?.isSealed ?? false,
    draftName,
  };
}

/** The edit that a form means. `sees`: what its author saw there, so that nobody overwrites what they did not see. */
export function editOf(place: Place, draft: EntryDraft, sees: string | null): z.input<typeof EntryForm> {
  const { field, deviceClass, action, text, isSealed, draftName } = draft;
  return {
    draftName,
    edit: {
      place,
      kind: 'setting',
      name: field,
      deviceClass: deviceClass === '' ? null : deviceClass,
      action,
      isSealed,
      sees,
      ...(action === 'set' && { value: valueOf(fieldOf(field).type, text) as never }),
    },
  };
}
