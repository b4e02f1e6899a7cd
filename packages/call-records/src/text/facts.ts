import { type CallNullReason, NO_QUALITY } from '@loopstart/domain';
import type { CallDraft } from '../read-line.ts';

/** A value of a record, or why there is none. */
export type Read<T> = { value: T; reason: null } | { value: null; reason: CallNullReason };
export const known = <T>(value: T): Read<T> => ({ value, reason: null });
export const unknown = <T>(reason: CallNullReason): Read<T> => ({ value: null, reason });
export const textOf = (value: string | null): Read<string> => (value === null ? unknown('not-sent') : known(value));

const NUMBER = /^-?\d{1,12}(?:\.\d{1,6})?$/;

/** A number within its bounds; `absent` are the maker's marks for a value that was not measured. */
export function numberOf(
  text: string | undefined,
  { min, max, absent = [], divide = 1 }: { min: number; max: number; absent?: readonly number[]; divide?: number },
): Read<number> {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return unknown('not-sent');
  if (!NUMBER.test(trimmed)) return unknown('invalid-value');
  const value = Number(trimmed);
  if (absent.includes(value)) return unknown('unavailable');
  return value / divide < min || value / divide > max ? unknown('invalid-value') : known(value / divide);
}

type Facts = Omit<
  CallDraft,
  'format' | 'phase' | 'callKey' | 'sessionKey' | 'nulls' | 'quality' | 'position' | 'channelBase'
>;
type Named = { readonly [K in keyof Facts]: Read<NonNullable<Facts[K]>> };
type Measured = { readonly [K in keyof CallDraft['quality']]: Read<number> };

const NAMES = [
  'direction',
  'dialled',
  'called',
  'calling',
  'forwardedTo',
  'channel',
  'trunk',
  'device',
  'lineNumber',
  'gatewaySetupAt',
  'gatewayConnectAt',
  'gatewayReleaseAt',
  'talkMs',
  'cause',
  'causeCode',
  'sipCode',
  'endedBy',
  'codec',
  'fax',
] as const satisfies readonly (keyof Facts)[];
const MEASURES = Object.keys(NO_QUALITY) as (keyof Measured)[];

/** The facts of a record with the reasons of those it does not give; what is not named was not sent. */
export function factsOf(
  named: Partial<Named>,
  measured: Partial<Measured>,
): Pick<CallDraft, keyof Facts | 'quality' | 'nulls'> {
  const nulls: Record<string, CallNullReason> = {};
  const value = <T>(name: string, read: Read<T> | undefined): T | null => {
    if (read !== undefined && read.value !== null) return read.value;
    nulls[name] = read?.reason ?? 'not-sent';
    return null;
  };
  const facts = Object.fromEntries(NAMES.map((name) => [name, value<unknown>(name, named[name])])) as unknown as Facts;
  const quality = Object.fromEntries(
    MEASURES.map((name) => [name, value(name, measured[name])]),
  ) as unknown as CallDraft['quality'];
  return { ...facts, quality, nulls };
}
