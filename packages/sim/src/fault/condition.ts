import type { AdminState, FaultReason } from '@loopstart/domain';
import type { LineCondition } from '../line/port-life.ts';
import type { Fault, FaultKind } from './fault.ts';

/** What a gateway calls each fault of a line, worst first: of several, the first is told. */
const REASONS: readonly (readonly [FaultKind, FaultReason])[] = [
  ['short', 'short-circuit'],
  ['hardware-failure', 'hardware-failure'],
  ['ground-fault', 'ground-fault'],
  ['over-temperature', 'over-temperature'],
  ['unplug', 'no-line-device'],
];

/** Faults for which a gateway switches the feed of a line off. */
const FEED_OFF: readonly FaultKind[] = ['hardware-failure', 'ground-fault', 'over-temperature'];

/** Whether a fault is on this port. `over-temperature` of the gateway warms it, but leaves its lines in service. */
function isOn(fault: Fault, kind: FaultKind, position: number): boolean {
  return fault.kind === kind && (fault.port === position || (fault.port === null && kind !== 'over-temperature'));
}

/** Whether the gateway has no power or is starting. */
export function isDown(active: readonly Fault[]): boolean {
  return active.some(({ kind }) => kind === 'reboot' || kind === 'power-loss');
}

/** The fault a port reports, `none` when it is well. */
export function faultReasonOf(active: readonly Fault[], position: number): FaultReason {
  if (active.length === 0) return 'none';
  return REASONS.find(([kind]) => active.some((fault) => isOn(fault, kind, position)))?.[1] ?? 'none';
}

/** What the line at `position` feels of all faults there are, and of its lock. */
export function conditionOf(active: readonly Fault[], position: number, admin: AdminState): LineCondition {
  const has = (kind: FaultKind) => active.some((fault) => isOn(fault, kind, position));
  const fed = admin !== 'locked' && !isDown(active) && !FEED_OFF.some(has);
  const shorted = has('short');
  const connected = !has('unplug');
  return {
    fed,
    connected,
    stuckOffHook: shorted || (connected && has('receiver-off-hook')),
    registrar:
      admin === 'locked' || isDown(active)
        ? 'silent'
        : has('registrar-lost')
          ? 'unreachable'
          : has('registration-rejected')
            ? 'rejects'
            : 'answers',
  };
}
