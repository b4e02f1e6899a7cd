import type { Agent, AgentColumn } from '@loopstart/contracts';
import type { CsvColumns } from '../../../core/list/csv.ts';

/** The columns of an export of agents, in the words of the API. */
export const AGENT_CSV: CsvColumns<AgentColumn, Agent> = {
  hostname: [{ header: 'Agent', value: ({ hostname }) => hostname }],
  state: [{ header: 'State', value: ({ state }) => state }],
  seen: [{ header: 'Last contact', value: ({ lastSeenAt }) => lastSeenAt }],
  site: [{ header: 'Site', value: ({ site }) => site.name }],
  customer: [{ header: 'Customer', value: ({ site }) => site.customerName }],
  gateways: [{ header: 'Gateways', value: ({ gatewayCount }) => gatewayCount }],
  backlog: [{ header: 'Messages waiting', value: ({ backlogMessages }) => backlogMessages }],
  lost: [{ header: 'Messages lost', value: ({ lostMessages }) => lostMessages }],
  version: [{ header: 'Version', value: ({ version }) => version }],
  platform: [{ header: 'Platform', value: ({ platform }) => platform }],
  certificate: [{ header: 'Certificate expires', value: ({ certificateExpiresAt }) => certificateExpiresAt }],
  enrolled: [{ header: 'Enrolled', value: ({ enrolledAt }) => enrolledAt }],
};
