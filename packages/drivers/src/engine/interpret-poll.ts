import type {
  CounterColumns,
  GatewayMeasures,
  MeasureColumns,
  NullReasons,
  PortInfo,
  StateColumns,
} from '@loopstart/contracts';
import type { ReadSlices } from './driver.ts';
import { gatewayMeasures } from './gateway-measures.ts';
import { NullLedger } from './nulls.ts';
import { portColumns } from './port-columns.ts';
import type { Answers, Problem } from './source.ts';

/** One poll in canonical form: every field has a column in the order of the ports, every null a reason. */
export interface PollReading {
  state: Required<StateColumns>;
  measures: Required<MeasureColumns>;
  counters: Required<CounterColumns>;
  gatewayMeasures: Required<GatewayMeasures>;
  nulls: NullReasons;
  problems: Problem[];
}

/**
 * Turns the answers of a poll into columns aligned with `ports`; rows are found by `PortInfo.key`. Never throws and
 * never invents: what was not answered, not understood or out of bounds is null with its reason.
 */
export function interpretPoll(
  { gateway, ports: slice, lineTest }: ReadSlices,
  ports: readonly PortInfo[],
  answers: Answers,
): PollReading {
  const ledger = new NullLedger();
  return {
    ...portColumns(slice, lineTest?.measures ?? [], ports, answers, ledger),
    gatewayMeasures: gatewayMeasures(gateway, answers, ledger),
    nulls: ledger.reasons,
    problems: ledger.problems,
  };
}
