import type { PortInfo } from '@loopstart/contracts';
import type { ActionType, LINE_TEST_TIMES, LineTestReadingName } from '@loopstart/domain';
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

type Readings = Extract<ActionStep, { readResult: unknown }>['readResult'];
/** What a line test yields, by the names that its verdict knows. */
export type LineTestReadings = Partial<
  Record<LineTestReadingName | (typeof LINE_TEST_TIMES)[number], Readings[string]>
> &
  Readings;

export interface ActionPlan {
  steps: ActionStep[];
}

/** `model` and `firmware` are what the inventory says of the gateway, null where the asker does not know. */
export type ActionRule =
  | { scope: 'port'; steps(port: PortInfo, model: string | null, firmware: string | null): ActionStep[] }
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
 * 'poll-now' is the agent's own where the driver has nothing for it. No maker whose MIB was read has an object that makes
 * a unit recognisable (lights that are only read are not it), so no driver has 'identify'.
 */
export function planAction(
  driver: Driver,
  type: ActionType,
  port: PortInfo | null,
  model: string | null = null,
  firmware: string | null = null,
): ActionPlan | { unsupported: string } {
  const rule = driver.actions[type];
  if (rule?.scope === 'gateway') return { steps: rule.steps(model) };
  if (rule?.scope === 'port') {
    if (port === null) return { unsupported: 'This action needs a port.' };
    const steps = rule.steps(port, model, firmware);
    if (steps.length > 0) return { steps };
    return { unsupported: `This gateway cannot ${PLAIN[type]} by SNMP where the port is ${port.kind.toUpperCase()}.` };
  }
  const reason = driver.withoutActions ?? `Loopstart knows no SNMP object of ${driver.vendor} for it.`;
  return { unsupported: `This gateway cannot ${PLAIN[type]} by SNMP: ${reason}` };
}
