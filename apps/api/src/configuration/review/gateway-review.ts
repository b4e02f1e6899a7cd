import type { ConfigGatewayReview } from '@loopstart/contracts';
import { gatewayView, isSecretField, originView, shown } from '../entries/index.ts';
import type { GatewayPlan } from './gateway-plan.ts';
import { findingView } from './tally.ts';

/** The plan of one gateway in the contract's form. */
export function gatewayReview(plan: GatewayPlan): ConfigGatewayReview {
  const { facts, settings, keys, keysReason, cost, ports, lifeSafetyLines, findings } = plan;
  return {
    gateway: gatewayView(facts),
    cost,
    lines: ports.length,
    lifeSafetyLines,
    settings: settings.map(({ position, change: { field, before, after, cost } }) => {
      const isSecret = isSecretField(field);
      return {
        position,
        field,
        isSecret,
        before: shown(before?.value ?? null, isSecret),
        beforeOrigin: before === null ? null : originView(before.origin),
        after: shown(after?.value ?? null, isSecret),
        afterOrigin: after === null ? null : originView(after.origin),
        cost,
      };
    }),
    keys,
    keysReason,
    findings: findings.map((finding) => findingView(finding, facts.name)),
  };
}
