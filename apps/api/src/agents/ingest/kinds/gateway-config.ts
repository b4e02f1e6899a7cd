import type { MessageKindOf } from './message-kind.ts';

/**
 * Progress of configuration jobs. The API has no such jobs yet, so no agent was sent one: each message is of a job that
 * was never requested, and is quarantined.
 */
export const gatewayConfig: MessageKindOf<'gateway-config'> = {
  kind: 'gateway-config',

  apply({ body }, _batch, _rows, refusals) {
    refusals.add('unknown-config-job', `job ${body.jobId} was never requested of this agent`);
  },
};
