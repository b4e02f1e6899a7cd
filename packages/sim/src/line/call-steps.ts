import { isDown } from '../fault/condition.ts';
import type { GatewayLife, PortLife } from './life.ts';

/** A step of a call, at the moment at which a gateway would write a record of it. */
export interface LineCallStep {
  readonly at: number;
  readonly position: number;
  readonly phase: 'start' | 'connect' | 'end';
  /** Whether the line device made the call. */
  readonly outgoing: boolean;
  /** Of an end: whether the far end hung up first, or refused. */
  readonly byFarEnd: boolean;
}

const TALKING: ReadonlySet<PortLife['call']> = new Set(['talking', 'hold', 'conference']);
const WAITING: ReadonlySet<PortLife['call']> = new Set(['ringing', 'ring-back']);

/**
 * The steps of calls between two instants of a gateway's life. A gateway that lost its power writes no end of the calls
 * that this ended, as real ones.
 */
export function callStepsBetween(before: GatewayLife, after: GatewayLife, at: number): LineCallStep[] {
  if (isDown(after.active) || isDown(before.active) || after.boots !== before.boots) return [];
  const steps: LineCallStep[] = [];
  for (const [index, port] of after.ports.entries()) {
    const was = before.ports[index];
    if (was === undefined || was === port || was.call === port.call) continue;
    const step = (phase: LineCallStep['phase'], outgoing: boolean, byFarEnd = false) =>
      steps.push({ at, position: index + 1, phase, outgoing, byFarEnd });
    const [inCall, wasInCall] = [port, was].map(({ call }) => TALKING.has(call) || WAITING.has(call));
    if (was.call === 'dialling' && port.call === 'busy-tone') {
      step('start', true);
      step('end', true, true);
    }
    if (wasInCall === true && inCall === false)
      step('end', was.outgoing, port.call === 'busy-tone' || WAITING.has(was.call));
    if (wasInCall === false && inCall === true) step('start', port.outgoing);
    if (TALKING.has(port.call) && !TALKING.has(was.call)) step('connect', port.outgoing);
  }
  return steps;
}
