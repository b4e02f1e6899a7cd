import type { Oid, SnmpValue } from '@loopstart/snmp';
import type { Answers, Source } from './source.ts';
import { isAnswer } from './values.ts';

/** The answers to a scalar (one) or a column (all rows). */
export function* valuesOf(source: Source<unknown>, answers: Answers): Generator<[Oid, SnmpValue]> {
  const single = answers.scalars.get(source.oid);
  if (isAnswer(single)) yield [source.oid, single];
  for (const [key, value] of answers.columns.get(source.oid) ?? []) {
    if (isAnswer(value)) yield [`${source.oid}.${key}`, value];
  }
}

/** Describes a value that does not fit its object; short, and without the content of texts. */
export function misunderstood(source: Source<unknown>, value: SnmpValue): string {
  const shown = 'value' in value && !(value.value instanceof Uint8Array) ? ` ${String(value.value).slice(0, 60)}` : '';
  return `${source.object}: ${value.type}${shown} is not understood`;
}
