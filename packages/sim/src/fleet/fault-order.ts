import { z } from 'zod';
import { Fault, FaultKind, placeProblem } from '../fault/fault.ts';
import type { SimGateway } from '../gateway/sim-gateway.ts';
import type { SimFleet } from './sim-fleet.ts';
import { parseSpec, SimSpecError } from './spec.ts';

/** A request to set or to clear a fault. Without `fault`, `on: false` clears all of the port, or of the gateway. */
export const FaultOrder = z
  .strictObject({
    gateway: z.string().min(1),
    port: Fault.shape.port,
    fault: FaultKind.optional(),
    on: z.boolean().default(true),
    delayMs: Fault.shape.delayMs,
    corruption: Fault.shape.corruption,
    atByte: Fault.shape.atByte,
    phase: Fault.shape.phase,
    settingKey: Fault.shape.settingKey,
    /** Ends after this time; null: never. */
    forMs: z.int().min(1).nullable().default(null),
    /** Repeats in this period; needs `forMs`. */
    everyMs: z.int().min(1_000).nullable().default(null),
  })
  .superRefine((order, context) => {
    const { fault, everyMs, forMs } = order;
    const issue = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (order.on && fault === undefined) issue('fault', `must be given: one of ${FaultKind.options.join(', ')}`);
    const place = fault === undefined ? null : placeProblem({ kind: fault, port: order.port });
    if (place !== null) issue('port', place);
    if (everyMs !== null && (forMs === null || forMs >= everyMs)) {
      issue('everyMs', 'must be longer than forMs, which must be given');
    }
  });
export type FaultOrder = z.infer<typeof FaultOrder>;

/**
 * Carries out a request and returns the gateway it affected. Throws SimSpecError, one sentence that names the field,
 * for an invalid request, an unknown gateway or a port that it does not have.
 */
export function carryOut(fleet: SimFleet, input: unknown): SimGateway {
  const order = parseSpec(FaultOrder, input, 'order');
  const gateway = fleet.gateway(order.gateway);
  if (gateway === undefined) throw new SimSpecError('gateway', `There is no simulated gateway "${order.gateway}".`);
  const ports = gateway.living.plan.profile.ports.length;
  if (order.port !== null && order.port > ports) {
    throw new SimSpecError('port', `Gateway "${gateway.name}" has ports 1 to ${ports}, not ${order.port}.`);
  }
  const { fault: kind, port, delayMs, corruption, atByte, phase, settingKey, forMs, everyMs } = order;
  if (order.on && kind !== undefined) {
    gateway.living.setFault({ kind, port, delayMs, corruption, atByte, phase, settingKey }, { forMs, everyMs });
  } else if (kind !== undefined) {
    gateway.living.clearFaults((fault) => fault.kind === kind && fault.port === port);
  } else {
    gateway.living.clearFaults((fault) => port === null || fault.port === port);
  }
  return gateway;
}
