import type { LineFact } from './facts.ts';
import type { ApplyReasonCode } from './reasons.ts';

/** How the lines are after a change. `worse` and `unclear` name the first line and why. */
export type LinesResult =
  | { result: 'as-before' }
  | { result: 'worse' | 'unclear'; reason: ApplyReasonCode; position: number; registration: boolean };

export interface LinesQuestion {
  before: readonly LineFact[];
  now: readonly LineFact[];
  /** Positions that must be registered, whether they were before or not. */
  mustRegister: readonly number[];
  /** Only a registration proves what was written: also a model that reports none must show one. */
  needsRegistration: boolean;
}

/**
 * Compares the lines of a gateway before and after a change: registered as before and those that must, in service as
 * before, nothing newly faulty. Unknown is never as before, unless it was unknown before, too. Where a model reports
 * registrations, one of them must be seen: a gateway that was written to in an outage is as before without any.
 */
export function compareLines({ before, now, mustRegister, needsRegistration }: LinesQuestion): LinesResult {
  let unclear: LinesResult | null = null;
  const found = new Map(now.map((line) => [line.position, line]));
  const wanted = new Set(mustRegister);
  const known = new Set(before.map(({ position }) => position));
  const strangers = mustRegister.filter((position) => !known.has(position));
  for (const position of strangers)
    unclear ??= { result: 'unclear', reason: 'not-registered', position, registration: true };
  for (const was of before) {
    const is = found.get(was.position) ?? null;
    for (const one of checksOf(was, is, wanted.has(was.position))) {
      if (one.result === 'worse') return one;
      unclear ??= one;
    }
  }
  const reports = now.some(({ registration }) => registration !== null && registration !== 'not-used');
  const isSeen = now.some(({ registration }) => registration === 'registered');
  if (unclear === null && (needsRegistration || reports) && !isSeen)
    unclear = { result: 'unclear', reason: 'not-registered', position: before[0]?.position ?? 1, registration: true };
  return unclear ?? { result: 'as-before' };
}

/** Whether any line shows a registration, or the lack of one. */
export function reportsRegistration(lines: readonly LineFact[]): boolean {
  return lines.some(({ registration }) => registration !== null);
}

type Finding = Exclude<LinesResult, { result: 'as-before' }>;

function checksOf(was: LineFact, is: LineFact | null, must: boolean): Finding[] {
  const found: Finding[] = [];
  const note = (value: unknown, reason: ApplyReasonCode, registration = false) =>
    found.push({ result: value === null ? 'unclear' : 'worse', reason, position: was.position, registration });
  const registration = is?.registration ?? null;
  if (registration !== 'registered' && (must || was.registration === 'registered'))
    note(registration, was.registration === 'registered' ? 'registration-lost' : 'not-registered', true);
  const oper = is?.oper ?? null;
  if (was.oper === 'in-service' && oper !== 'in-service') note(oper, 'out-of-service');
  const fault = is?.fault ?? null;
  if (was.fault === 'none' && fault !== 'none') note(fault, 'new-fault');
  return found;
}
