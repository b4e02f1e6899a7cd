import type { GatewayConfigProgress } from '@loopstart/contracts';
import { APPLY_REASONS } from '@loopstart/domain';
import type { Clock } from '../core/clock.ts';
import type { ReconcileOf } from './reconciler.ts';

export interface GatewayConfigReconcileOptions {
  clock: Clock;
  report: (progress: GatewayConfigProgress) => void;
}

/** Configuration jobs: each is refused, for this version has verified no model. */
export function gatewayConfigReconcile({
  clock,
  report,
}: GatewayConfigReconcileOptions): ReconcileOf<'gateway-config'> {
  return {
    kind: 'gateway-config',
    accept: async ({ jobId, gatewayId, revision }) => {
      const at = clock.now();
      const reasonCode = 'not-verified';
      report({
        jobId,
        gatewayId,
        revision,
        at,
        state: 'failed',
        since: at,
        reasonCode,
        holds: 'before',
        verdict: null,
        detail: APPLY_REASONS[reasonCode].text,
        evidence: {
          fingerprintBefore: null,
          fingerprintAfter: null,
          firmware: null,
          differences: [],
          differencesTotal: 0,
          registeredBefore: null,
          registeredAfter: null,
        },
      });
    },
  };
}
