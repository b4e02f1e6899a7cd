import type { PortInfo } from '@loopstart/contracts';
import type { ActionType } from '@loopstart/domain';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import type { Codec } from './codecs.ts';
import type { Driver } from './driver.ts';

/** What to do next in an action; carried out in order, the first that fails ends it. */
export type ActionStep =
  | { set: VarBind[] }
  | { waitForMs: number }
  | { readUntil: { oid: Oid; done: (value: SnmpValue) => 'done' | 'failed' | 'wait'; timeoutMs: number } }
  /** Readings by name with unit; an object that does not answer, or not sensibly, is null in the result. */
  | { readResult: Record<string, { oid: Oid; decoder: Codec<string> | Codec<number> | Codec<boolean> }> };

export interface ActionPlan {
  steps: ActionStep[];
}

/** `model` is what the inventory called the gateway, null where the asker does not know. */
export type ActionRule =
  | { scope: 'port'; steps(port: PortInfo, model: string | null): ActionStep[] }
  | { scope: 'gateway'; steps(model: string | null): ActionStep[] };

const PLAIN: Record<ActionType, string> = {
  identify: 'make itself known',
  'poll-now': 'be polled at once',
  'lock-port': 'lock a port',
  'unlock-port': 'unlock a port',
  'reset-port': 'reset a port',
  'line-test': 'run a line test',
  reboot: 'reboot',
};

/**
 * The SNMP requests that carry out an action, or one plain sentence why this driver has none.
 * 'poll-now' and 'identify' belong to the agent where the driver has nothing of its own.
 */
export function planAction(
  driver: Driver,
  type: ActionType,
  port: PortInfo | null,
  model: string | null = null,
): ActionPlan | { unsupported: string } {
  const rule = driver.actions[type];
  if (rule?.scope === 'gateway') return { steps: rule.steps(model) };
  if (rule?.scope === 'port') {
    return port === null ? { unsupported: 'This action needs a port.' } : { steps: rule.steps(port, model) };
  }
  const reason = driver.withoutActions ?? `Loopstart knows no SNMP object of ${driver.vendor} for it.`;
  return { unsupported: `This gateway cannot ${PLAIN[type]} by SNMP: ${reason}` };
}

/**
 * Which action a SET is, for the simulator: the first step of a plan that writes exactly these objects and values.
 * null where no action of the driver does.
 */
export function actionOf(
  driver: Driver,
  ports: readonly PortInfo[],
  varbinds: readonly VarBind[],
): { type: ActionType; port: PortInfo | null } | null {
  for (const [type, rule] of Object.entries(driver.actions) as [
    ActionType,
    NonNullable<Driver['actions'][ActionType]>,
  ][]) {
    for (const port of rule.scope === 'port' ? ports : [null]) {
      const steps = rule.scope === 'gateway' ? rule.steps(null) : rule.steps(port as PortInfo, null);
      if (steps.some((step) => 'set' in step && sameWrites(step.set, varbinds))) return { type, port };
    }
  }
  return null;
}

function sameWrites(wanted: readonly VarBind[], written: readonly VarBind[]): boolean {
  return (
    wanted.length === written.length &&
    wanted.every(({ oid, value }) => written.some((other) => other.oid === oid && sameValue(value, other.value)))
  );
}

function sameValue(a: SnmpValue, b: SnmpValue): boolean {
  if (!('value' in a) || !('value' in b)) return a.type === b.type;
  if (a.value instanceof Uint8Array) return b.value instanceof Uint8Array && Buffer.compare(a.value, b.value) === 0;
  return a.value === b.value;
}
