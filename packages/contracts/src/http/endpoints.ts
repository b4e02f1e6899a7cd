import { actionEndpoints } from './actions.ts';
import { agentReturnEndpoints } from './agent-returns.ts';
import { agentTargetEndpoints } from './agent-targets.ts';
import { agentEndpoints } from './agents.ts';
import { alertEndpoints } from './alerts.ts';
import { auditChainEndpoints } from './audit-chain.ts';
import { auditEndpoints } from './audit.ts';
import { auditStreamEndpoints } from './audit-streams.ts';
import { callEndpoints } from './calls.ts';
import { channelEndpoints } from './channels.ts';
import { configurationEndpoints } from './configuration.ts';
import { customerEndpoints } from './customers.ts';
import { deliveryEndpoints } from './deliveries.ts';
import { driverEndpoints } from './drivers.ts';
import { enrolmentEndpoints } from './enrolment.ts';
import { entryEndpoints } from './entry.ts';
import { eventEndpoints } from './events.ts';
import { factorEndpoints } from './factors.ts';
import { gatewayLifecycleEndpoints } from './gateway-lifecycle.ts';
import { gatewayEndpoints } from './gateways.ts';
import { heartbeatEndpoints } from './heartbeat.ts';
import { incidentEndpoints } from './incidents.ts';
import { libraryEndpoints } from './library.ts';
import { lineEndpoints } from './lines.ts';
import { maintenanceEndpoints } from './maintenance.ts';
import { invitationLinkEndpoints, memberEndpoints } from './members.ts';
import { organisationEndpoints } from './organisation.ts';
import { operatorEndpoints } from './operator.ts';
import { overviewEndpoints } from './overview.ts';
import { peopleEndpoints } from './people.ts';
import { personalDataEndpoints } from './personal-data.ts';
import { passkeyEndpoints } from './passkeys.ts';
import { policyEndpoints } from './policies.ts';
import { portEndpoints } from './ports.ts';
import { providerEndpoints, usageEndpoints } from './provider.ts';
import { roleEndpoints } from './roles.ts';
import { profileEndpoints } from './profile.ts';
import { runbookEndpoints } from './runbooks.ts';
import { scheduleEndpoints } from './schedules.ts';
import { seriesEndpoints } from './series.ts';
import { sessionEndpoints } from './session.ts';
import { signInPolicyEndpoints } from './sign-in-policy.ts';
import { silenceEndpoints } from './silences.ts';
import { provisioningEndpoints } from './provisioning.ts';
import { singleSignOnEndpoints } from './single-sign-on.ts';
import { siteEndpoints } from './sites.ts';
import { thresholdEndpoints } from './thresholds.ts';
import { tokenEndpoints } from './tokens.ts';

/**
 * The whole REST API, by feature. The API implements it, the console calls it, the OpenAPI document is generated from
 * it.
 */
export const endpoints = {
  ...sessionEndpoints,
  ...overviewEndpoints,
  ...customerEndpoints,
  ...siteEndpoints,
  ...agentEndpoints,
  ...agentReturnEndpoints,
  ...agentTargetEndpoints,
  ...enrolmentEndpoints,
  ...gatewayEndpoints,
  ...gatewayLifecycleEndpoints,
  ...lineEndpoints,
  ...portEndpoints,
  ...seriesEndpoints,
  ...eventEndpoints,
  ...callEndpoints,
  ...actionEndpoints,
  ...configurationEndpoints,
  ...driverEndpoints,
  ...alertEndpoints,
  ...incidentEndpoints,
  ...peopleEndpoints,
  ...roleEndpoints,
  ...memberEndpoints,
  ...invitationLinkEndpoints,
  ...profileEndpoints,
  ...factorEndpoints,
  ...passkeyEndpoints,
  ...organisationEndpoints,
  ...signInPolicyEndpoints,
  ...entryEndpoints,
  ...heartbeatEndpoints,
  ...channelEndpoints,
  ...deliveryEndpoints,
  ...policyEndpoints,
  ...libraryEndpoints,
  ...scheduleEndpoints,
  ...maintenanceEndpoints,
  ...silenceEndpoints,
  ...thresholdEndpoints,
  ...runbookEndpoints,
  ...auditChainEndpoints,
  ...auditEndpoints,
  ...auditStreamEndpoints,
  ...tokenEndpoints,
  ...provisioningEndpoints,
  ...singleSignOnEndpoints,
  ...personalDataEndpoints,
  ...providerEndpoints,
  ...usageEndpoints,
  ...operatorEndpoints,
} as const;
export type Endpoints = typeof endpoints;
export type EndpointId = keyof Endpoints;
