import type { PortInfo } from '@loopstart/contracts';
import type { PortMeasure } from '@loopstart/domain';
import type { Offer, Unit } from '../offer.ts';
import type { ActionStep } from '../steps.ts';

/** The slice of a driver whose gateways have a built-in line test. */
export interface LineTestSlice {
  /** Units that have the test; absent: all. */
  readonly offer?: Offer;
  /** Measures that only a test reads, never a poll. */
  readonly measures?: readonly PortMeasure[];
  /** Starts the test of a port, waits for its end and reads its result; no steps where this port cannot be tested. */
  steps(port: PortInfo, unit: Unit): ActionStep[];
}
