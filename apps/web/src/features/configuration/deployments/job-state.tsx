import type { ConfigJob } from '@loopstart/contracts';
import type { ConfigGatewayState, Severity } from '@loopstart/domain';
import { t } from '../../../messages/configuration.ts';
import { Since } from '../../../ui/moment.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';

/** How a state of a gateway's configuration is marked. Only what was read back and seen to work is good. */
export const JOB_SEVERITY: Readonly<Record<ConfigGatewayState, Severity>> = {
  waiting: 'unknown',
  applying: 'info',
  'applied-unconfirmed': 'info',
  confirmed: 'ok',
  reverted: 'major',
  failed: 'critical',
  drifted: 'minor',
};

/** The state of a job, since when, and why. */
export function JobState({ job }: { job: Pick<ConfigJob, 'state' | 'since' | 'reason' | 'acceptsReadBackBy'> }) {
  return (
    <SeverityLabel severity={JOB_SEVERITY[job.state]}>
      <span className="block">
        {t.group('jobStates')[job.state]}{' '}
        <span className="text-sm font-normal text-ink-3">
          · <Since at={job.since} />
        </span>
      </span>
      {job.acceptsReadBackBy !== null && (
        <span className="block text-sm font-normal text-ink-3">
          {t('readBackAcceptedBy', { who: job.acceptsReadBackBy })}
        </span>
      )}
      {job.reason !== null && <span className="block text-sm font-normal text-ink-2">{job.reason}</span>}
    </SeverityLabel>
  );
}
