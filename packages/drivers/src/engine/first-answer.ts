import { compareOids, type Oid, type SnmpValue } from '@loopstart/snmp';
import { misunderstood, valuesOf } from './answers.ts';
import type { Answers, Source } from './source.ts';
import { entPhysicalClass } from './standard.ts';
import { isAnswer } from './values.ts';

/** Records an answer that could not be used. */
export type Complain = (oid: Oid, why: string) => void;

/** The first source that has a value in this row. */
export function firstCell<T>(
  sources: readonly Source<T>[] = [],
  key: string,
  answers: Answers,
  complain: Complain,
): T | null {
  for (const source of sources) {
    const value = answers.columns.get(source.oid)?.get(key);
    if (!isAnswer(value)) continue;
    const decoded = source.codec.decode(value);
    if (decoded === undefined) complain(`${source.oid}.${key}`, misunderstood(source, value));
    else if (decoded !== null) return decoded;
  }
  return null;
}

/** The first source that has a value. Of a column only the first row counts, of ENTITY-MIB only that of the chassis. */
export function firstScalar<T>(sources: readonly Source<T>[] = [], answers: Answers, complain: Complain): T | null {
  for (const source of sources) {
    const [oid, value] = firstValue(source, answers) ?? [source.oid, undefined];
    if (value === undefined) continue;
    const decoded = source.codec.decode(value);
    if (decoded === undefined) complain(oid, misunderstood(source, value));
    else if (decoded !== null) return decoded;
  }
  return null;
}

function firstValue(source: Source<unknown>, answers: Answers): [Oid, SnmpValue] | undefined {
  let first: [Oid, SnmpValue] | undefined;
  for (const found of valuesOf(source, answers)) {
    if (source.ofChassis && !isChassis(found[0].slice(source.oid.length + 1), source, answers)) continue;
    if (first === undefined || compareOids(found[0], first[0]) < 0) first = found;
  }
  return first;
}

/** A row of class chassis; where the unit reports no classes, its only row. */
function isChassis(row: string, source: Source<unknown>, answers: Answers): boolean {
  const classes = answers.columns.get(entPhysicalClass.oid);
  if (classes === undefined || classes.size === 0) return answers.columns.get(source.oid)?.size === 1;
  const value = classes.get(row);
  return isAnswer(value) && entPhysicalClass.codec.decode(value) === 'chassis';
}
