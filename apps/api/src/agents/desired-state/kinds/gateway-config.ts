import type { DesiredStateOf } from './desired-state-kind.ts';

/** Configuration jobs. The API stores none yet, so no agent lags and nothing is pending. */
export const gatewayConfig: DesiredStateOf<'gateway-config'> = {
  kind: 'gateway-config',
  lagging: 'false',
  pending: async () => ({ messages: [], published: [] }),
};
