import type { MessageKindOf } from './message-kind.ts';

/** Configurations that were read during a job: quarantined like the progress of a job that was never requested. */
export const runningConfig: MessageKindOf<'running-config'> = {
  kind: 'running-config',

  apply({ body }, _batch, _rows, refusals) {
    refusals.add('unknown-config-job', `job ${body.jobId} was never requested of this agent`);
  },
};
