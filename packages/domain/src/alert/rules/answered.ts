import { HOOK_STATES } from '../../line/vocabulary.ts';
import type { AlertRecord, GatewayFacts } from '../types.ts';

const ON_HOOK = HOOK_STATES.indexOf('on-hook');

type Cells = readonly unknown[] | null;

/**
 * Does a fresh reading tell anything of a condition that it does not show? A gateway that left a cell out, or a line
 * that was not measured because nobody lifted the receiver, has not said that the condition is over: that is unknown.
 */
export function isAnswered(facts: GatewayFacts, record: AlertRecord): boolean {
  const { kind, evidence } = record;
  const index = record.where.position === null ? -1 : facts.positions.indexOf(record.where.position);
  const has = (cells: Cells) => (cells?.[index] ?? null) !== null;
  /** As many lines as the condition was found on: a few that are well say nothing of those that were not read. */
  const hasAll = (...columns: Cells[]) => {
    const { positions } = facts;
    const { of } = evidence.seen;
    const answered = positions.filter((_, at) => columns.some((cells) => (cells?.[at] ?? null) !== null)).length;
    return answered >= Math.max(1, Math.min(typeof of === 'number' ? of : 1, positions.length));
  };
  // What the gateway itself raised ends when it is not among what stands any more.
  if ((evidence.seen['alarm'] ?? null) !== null) return true;
  switch (kind) {
    case 'over-temperature':
      return facts.temperatureC !== null;
    case 'lines-failed-together':
      return hasAll(facts.oper, facts.fault);
    case 'registrar-lost':
      return hasAll(facts.registration);
    case 'port-out-of-service':
      // A condition from a fault is cleared only by the absence of a fault, and one from the service state only by that state.
      return has(saidByFault(record) ? facts.fault : facts.oper);
    case 'ring-failure':
    case 'no-dial-tone':
      return has(facts.fault);
    case 'line-test-failed':
      // Only another test that passed shows that the line is sound: not its age, and not one without a verdict.
      return saidByFault(record) ? has(facts.fault) : facts.lineTests?.[index]?.verdict === 'pass';
    case 'port-unregistered':
      return has(facts.registration);
    case 'port-locked':
      return has(facts.admin);
    case 'receiver-off-hook':
      return has(facts.call) || facts.hook?.[index] === ON_HOOK;
    case 'line-voltage-abnormal':
      return facts.hook?.[index] === ON_HOOK && has(facts.lineVoltageV);
    case 'loop-current-abnormal':
      return facts.hook?.[index] === ON_HOOK && has(facts.loopCurrentMa);
    case 'call-quality-poor':
      return has(facts.packetLossPercent) || has(facts.jitterMs);
    case 'fax-failures':
      // A night without a fax does not show that faxes arrive.
      return (facts.recentCalls?.[index]?.calls ?? 0) > 0;
    default:
      return true;
  }
}

function saidByFault({ evidence }: AlertRecord): boolean {
  return (evidence.seen['fault'] ?? 'none') !== 'none';
}
