import type { PortInfo } from '@loopstart/contracts';
import type { ActionType } from '@loopstart/domain';
import { planAction, type ActionStep, type Driver } from '@loopstart/drivers';
import type { VarBind } from '@loopstart/snmp';
import type { PortCommand } from '../line/gateway-life.ts';
import { sameValue } from './interning.ts';

/** What a SET does to a simulated gateway. `prepares`: a step on the way, accepted and without effect of its own. */
export type Effect =
  | { kind: 'port'; command: PortCommand; position: number }
  | { kind: 'reboot' }
  | { kind: 'prepares' };

const PORT_COMMANDS: Partial<Record<ActionType, PortCommand>> = {
  'lock-port': 'lock',
  'unlock-port': 'unlock',
  'reset-port': 'reset',
  'line-test': 'line-test',
};

/**
 * What the driver means by writing these objects: every action is planned for every port and compared. The last
 * write of a plan acts, the writes before it prepare; a reset that takes several writes locks first and unlocks last.
 * null where no action of the driver writes this.
 */
export function effectOf(
  driver: Driver,
  model: string,
  ports: readonly PortInfo[],
  varbinds: readonly VarBind[],
): Effect | null {
  let onTheWay: Effect | null = null;
  for (const { type, port, steps } of plansOf(driver, model, ports)) {
    const writes = steps.flatMap((step) => ('set' in step ? [step.set] : []));
    const at = writes.findLastIndex((write) => sameWrites(write, varbinds));
    if (at < 0) continue;
    if (at === writes.length - 1) return effect(type, port);
    onTheWay ??=
      type === 'reset-port' && port !== null
        ? { kind: 'port', command: 'lock', position: port.position }
        : { kind: 'prepares' };
  }
  return onTheWay;
}

function effect(type: ActionType, port: PortInfo | null): Effect {
  if (type === 'reboot') return { kind: 'reboot' };
  const command = PORT_COMMANDS[type];
  return command === undefined || port === null
    ? { kind: 'prepares' }
    : { kind: 'port', command, position: port.position };
}

/** All plans that a driver can make for a gateway. */
export function plansOf(
  driver: Driver,
  model: string,
  ports: readonly PortInfo[],
): { type: ActionType; port: PortInfo | null; steps: ActionStep[] }[] {
  const rules = Object.entries(driver.actions) as [ActionType, Driver['actions'][ActionType]][];
  return rules.flatMap(([type, rule]) =>
    (rule?.scope === 'port' ? ports : [null]).flatMap((port) => {
      const plan = planAction(driver, type, port, model);
      return 'unsupported' in plan ? [] : [{ type, port, steps: plan.steps }];
    }),
  );
}

function sameWrites(wanted: readonly VarBind[], written: readonly VarBind[]): boolean {
  return (
    wanted.length === written.length &&
    wanted.every(({ oid, value }) => written.some((other) => other.oid === oid && sameValue(other.value, value)))
  );
}
