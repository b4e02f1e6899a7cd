import type { FaultReason, PortKind } from '@loopstart/domain';
import type { LineCondition, PortLife } from '../line/life.ts';
import type { Fault, FaultKind } from './fault.ts';

/** The gateway's name for each fault that it detects without a test, worst first: of several, the first is reported. */
const NOTICED: readonly (readonly [FaultKind, FaultReason])[] = [
  ['hardware-failure', 'hardware-failure'],
  ['ground-fault', 'ground-fault'],
  ['over-temperature', 'over-temperature'],
];

/** Faults for which a line has no feed: switched off by the gateway, or lost undetected. */
const FEED_OFF: readonly FaultKind[] = ['hardware-failure', 'ground-fault', 'over-temperature', 'no-feed'];

/** Whether a fault is on this port. `over-temperature` of the gateway warms it, but leaves its lines in service. */
function isOn(fault: Fault, kind: FaultKind, position: number): boolean {
  return fault.kind === kind && (fault.port === position || (fault.port === null && kind !== 'over-temperature'));
}

/** Whether the gateway has no power or is starting. */
export function isDown(active: readonly Fault[]): boolean {
  return active.some(({ kind }) => kind === 'reboot' || kind === 'power-loss');
}

/**
 * The fault that the gateway detects on a port without a test; `none` where it detects nothing. An idle telephone draws
 * no current and neither does an empty socket, so an unplugged FXS line is not detected until it is tested or called:
 * no gateway known here supervises the loop of an idle line. A short is a closed loop, like a lifted receiver; a
 * foreign voltage and a lost feed show in a measurement only. An FXO port detects that the exchange line is gone.
 */
export function faultReasonOf(active: readonly Fault[], position: number, line: PortKind): FaultReason {
  if (active.length === 0) return 'none';
  if (line === 'fxo' && active.some((fault) => isOn(fault, 'unplug', position))) return 'no-exchange-line';
  return NOTICED.find(([kind]) => active.some((fault) => isOn(fault, kind, position)))?.[1] ?? 'none';
}

/** The conditions of the line at `position` under all current faults, its lock and its configuration. */
export function conditionOf(
  active: readonly Fault[],
  position: number,
  { admin, service }: Pick<PortLife, 'admin' | 'service'>,
): LineCondition {
  const has = (kind: FaultKind) => active.some((fault) => isOn(fault, kind, position));
  const fed = admin !== 'locked' && service !== 'disabled' && !isDown(active) && !FEED_OFF.some(has);
  const shorted = has('short');
  const connected = !has('unplug');
  return {
    fed,
    connected,
    stuckOffHook: shorted || (connected && has('receiver-off-hook')),
    shorted,
    grounded: has('ground-fault'),
    foreignVoltage: has('foreign-voltage'),
    circuit: has('hardware-failure') ? 'failed' : has('over-temperature') ? 'too-hot' : 'well',
    registrar:
      admin === 'locked' || isDown(active) || service === 'disabled' || service === 'no-account'
        ? 'silent'
        : has('registrar-lost') || service === 'no-answer'
          ? 'unreachable'
          : has('registration-rejected') || service === 'refused'
            ? 'rejects'
            : 'answers',
  };
}
