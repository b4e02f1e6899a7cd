import type { ConfigDeployment } from '@loopstart/contracts';
import { t } from '../../../messages/configuration.ts';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { JOB_SEVERITY } from './job-state.tsx';

/** Numbers of gateways by their state. */
export function DeploymentProgress({ deployment }: { deployment: ConfigDeployment }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {deployment.gatewaysByState.map(({ state, gateways }) => (
        <li key={state}>
          <SeverityLabel severity={JOB_SEVERITY[state]}>
            {t('countInState', { count: gateways, state: t.group('jobStates')[state] })}
          </SeverityLabel>
        </li>
      ))}
    </ul>
  );
}
