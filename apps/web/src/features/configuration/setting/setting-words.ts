import {
  type CodecPreference,
  type Endpoint,
  type FieldId,
  fieldOf,
  isFieldId,
  type RingPulse,
} from '@loopstart/domain';
import { t } from '../../../messages/setting-words.ts';
import { endpointText } from './setting-text.ts';

type Keyed<F extends string> = F extends `${infer G}.${infer N}` ? `${G}_${N}` : never;

/** The name of a setting, for people. */
export function settingLabel(field: FieldId): string {
  return t.group('fields')[field.replace('.', '_') as Keyed<FieldId>];
}

/** The name of a setting that the API names by a text; the text itself where this console does not know it. */
export function labelOf(field: string): string {
  return isFieldId(field) ? settingLabel(field) : field;
}

/** The group of a setting: the part of its id before the point. */
export type SettingGroup = keyof ReturnType<typeof groups>;
const groups = () => t.group('groups');
export const groupOf = (field: FieldId) => field.slice(0, field.indexOf('.')) as SettingGroup;
export const groupLabel = (group: SettingGroup) => groups()[group];

const UNITS = [
  [/Ms$/, 'milliseconds'],
  [/Seconds$/, 'seconds'],
  [/Db$/, 'decibels'],
  [/Vrms$/, 'volts'],
  [/Hz$/, 'hertz'],
  [/BitRateMax$/, 'bitsPerSecond'],
] as const;

function integerWords(field: FieldId, value: number): string {
  const unit = UNITS.find(([suffix]) => suffix.test(field))?.[1];
  return unit === undefined ? String(value) : t(unit, { value });
}

const joined = (words: readonly string[]) => (words.length === 0 ? t('empty') : words.join(', '));

/** The words of a choice; the value itself where this console does not know it. */
export function choiceWords(value: string): string {
  return (t.group('choices') as Readonly<Record<string, string>>)[value] ?? value;
}

/** A value of a setting in words. Null: the gateway keeps what it has. */
export function settingWords(field: FieldId, value: unknown): string {
  if (value === null) return t('unmanaged');
  const { type, secret } = fieldOf(field);
  if (secret === true) return t('secretSet');
  switch (type.kind) {
    case 'flag':
      return value === true ? t('yes') : t('no');
    case 'integer':
      return integerWords(field, value as number);
    case 'choice':
      return choiceWords(value as string);
    case 'list':
      return joined(value as readonly string[]);
    case 'endpoints':
      return joined((value as readonly Endpoint[]).map(endpointText));
    case 'codecs':
      return joined((value as readonly CodecPreference[]).map(({ codec, ptimeMs }) => t('codec', { codec, ptimeMs })));
    case 'cadence':
      return joined((value as readonly RingPulse[]).map((pulse) => t('pulse', { ...pulse })));
    case 'text':
      return value as string;
  }
}
