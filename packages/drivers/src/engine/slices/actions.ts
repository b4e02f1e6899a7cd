import type { PortInfo } from '@loopstart/contracts';
import type { ActionType } from '@loopstart/domain';
import { isOffered, offerInWords, UNKNOWN_UNIT, type Offer, type Unit } from '../offer.ts';
import type { ActionStep } from '../steps.ts';
import type { LineTestSlice } from './line-test.ts';

export interface ActionPlan {
  steps: ActionStep[];
}

export type ActionRule = { readonly offer?: Offer } & (
  | { scope: 'port'; steps(port: PortInfo, unit: Unit): ActionStep[] }
  | { scope: 'gateway'; steps(unit: Unit): ActionStep[] }
);
export type ActionRules = { readonly [T in ActionType]?: ActionRule };

/** The slice of a driver that changes a gateway. Line tests have a slice of their own. */
export interface ActionsSlice {
  readonly rules: Omit<ActionRules, 'line-test'>;
  /** Why an action does not exist, one plain sentence; for actions absent from `rules`. */
  readonly absent?: string;
}

interface ActionSlices {
  readonly vendor: string;
  readonly actions: ActionsSlice;
  readonly lineTest?: LineTestSlice;
}

const PLAIN: Record<ActionType, string> = {
  identify: 'make itself known',
  'poll-now': 'be polled at once',
  'lock-port': 'lock a port',
  'unlock-port': 'unlock a port',
  'reset-port': 'reset a port',
  'line-test': 'run a line test',
  reboot: 'reboot',
};

/** Every action that a driver offers, including the line test. */
export function actionRules({ actions, lineTest }: Omit<ActionSlices, 'vendor'>): ActionRules {
  return { ...actions.rules, ...(lineTest && { 'line-test': { scope: 'port', ...lineTest } }) };
}

/**
 * The steps that carry out an action, or one plain sentence why this driver has none for this unit. 'poll-now' is
 * carried out by the agent where the driver has no steps for it. No vendor whose MIB was read has an object that makes
 * a unit recognisable (read-only lights do not), so no driver has 'identify'.
 */
export function planAction(
  driver: ActionSlices,
  type: ActionType,
  port: PortInfo | null,
  unit: Unit = UNKNOWN_UNIT,
): ActionPlan | { unsupported: string } {
  const rule = actionRules(driver)[type];
  if (rule === undefined) {
    const reason = driver.actions.absent ?? `Loopstart knows no SNMP object of ${driver.vendor} for it.`;
    return { unsupported: `This gateway cannot ${PLAIN[type]} by SNMP: ${reason}` };
  }
  if (rule.offer !== undefined && !isOffered(rule.offer, unit))
    return { unsupported: `This gateway cannot ${PLAIN[type]}: it takes ${offerInWords(rule.offer)}.` };
  if (rule.scope === 'gateway') return { steps: rule.steps(unit) };
  if (port === null) return { unsupported: 'This action needs a port.' };
  const steps = rule.steps(port, unit);
  if (steps.length > 0) return { steps };
  return { unsupported: `This gateway cannot ${PLAIN[type]} by SNMP where the port is ${port.kind.toUpperCase()}.` };
}
