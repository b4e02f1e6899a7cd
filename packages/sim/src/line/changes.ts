import type { FaultReason } from '@loopstart/domain';
import { faultReasonOf, isDown } from '../fault/condition.ts';
import type { GatewayLife, GatewayProfile } from './life.ts';
import { hookOf } from './port-life.ts';

/** A change, as one of the event kinds of the agent protocol. */
export interface Change {
  readonly at: number;
  readonly kind:
    | 'cold-start'
    | 'hook-change'
    | 'port-fault'
    | 'port-fault-cleared'
    | 'receiver-off-hook'
    | 'registration-lost'
    | 'registration-restored'
    | 'temperature-high'
    | 'temperature-normal';
  /** 1-based; null where it is about the gateway. */
  readonly position: number | null;
  readonly fault: FaultReason | null;
}

/**
 * The changes that an observer of the gateway would report between two instants of its life. None while it has no
 * power.
 */
export function changesBetween(
  { ports }: GatewayProfile,
  before: GatewayLife,
  after: GatewayLife,
  at: number,
): Change[] {
  if (isDown(after.active)) return [];
  const changes: Change[] = [];
  const report = (kind: Change['kind'], position: number | null = null, fault: FaultReason | null = null) =>
    changes.push({ at, kind, position, fault });
  if (after.boots !== before.boots) report('cold-start');
  const [hot, wasHot] = [isHot(after), isHot(before)];
  if (hot !== wasHot) report(hot ? 'temperature-high' : 'temperature-normal');
  const [lost, wasLost] = [hasLostServer(after), hasLostServer(before)];
  if (lost !== wasLost) report(lost ? 'registration-lost' : 'registration-restored');
  for (const [index, port] of after.ports.entries()) {
    const was = before.ports[index];
    if (was === undefined || (was === port && before.active === after.active)) continue;
    const position = index + 1;
    const line = ports[index]?.kind ?? 'fxs';
    const [fault, oldFault] = [after, before].map(({ active }) => faultReasonOf(active, position, line)) as [
      FaultReason,
      FaultReason,
    ];
    if (fault !== oldFault) {
      if (fault === 'none') report('port-fault-cleared', position, oldFault);
      else report('port-fault', position, fault);
    }
    if (port.call !== was.call && port.call === 'receiver-off-hook' && fault === 'none') {
      report('receiver-off-hook', position);
    }
    if (hookOf(port.call) !== hookOf(was.call)) report('hook-change', position);
    if (port.registration !== was.registration) {
      if (was.registration === 'registered') report('registration-lost', position);
      else if (port.registration === 'registered') report('registration-restored', position);
    }
  }
  return changes;
}

/** Whether the gateway as a whole is too warm. */
export function isHot(life: GatewayLife): boolean {
  return life.active.some(({ kind, port }) => kind === 'over-temperature' && port === null);
}

/**
 * Whether the gateway has detected that its SIP server is gone: the fault is active, and no line is registered any
 * more.
 */
export function hasLostServer({ active, ports }: GatewayLife): boolean {
  const isGone = active.some(({ kind, port }) => kind === 'registrar-lost' && port === null);
  return isGone && ports.every(({ registration }) => registration !== 'registered');
}
