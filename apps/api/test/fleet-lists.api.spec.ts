import {
  AGENT_COLUMNS,
  AGENT_FACETS,
  type Customer,
  type CustomerColumn,
  type CustomerFacet,
  CUSTOMER_COLUMNS,
  CUSTOMER_FACETS,
  endpoints,
  GATEWAY_COLUMNS,
  GATEWAY_FACETS,
  type GatewaySummary,
  type PortCounts,
  type Site,
  SITE_COLUMNS,
  SITE_FACETS,
} from '@loopstart/contracts';
import { type Severity, severityRank } from '@loopstart/domain';
import { afterAll, beforeAll } from 'vitest';
import { startApp, type TestApp, type TestOperator } from './app.ts';
import { plantFleet } from './fleet-of-lists.ts';
import { checkList } from './list-checks.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  await plantFleet(api.database.ownerUrl, oak.operatorId, NOW);
});
afterAll(() => api.close());

/** As the console names it: what answers first, what does not last. */
function stateRank({ reachability, freshness }: GatewaySummary): number {
  if (reachability === 'unreachable') return 4;
  if (freshness === 'never') return 3;
  if (reachability === 'unknown') return 2;
  return freshness === 'stale' ? 1 : 0;
}

/** By the worst port, then by how many are so bad, then by how many there are. */
const portsRank = ({ worst, ports }: { worst: Severity; ports: PortCounts }) => [
  severityRank(worst),
  ports.critical,
  ports.major,
  ports.minor,
  ports.unknown,
  ports.total,
];

checkList(
  'gateways',
  () => ({
    list: (query) => oak.viewer(endpoints.listGateways, { query }),
    facet: (query) => oak.viewer(endpoints.getGatewayFacet, { query }),
    export: (query) => oak.viewer(endpoints.exportGateways, { query }),
    elsewhere: (query) => elm.viewer(endpoints.listGateways, { query }),
    sorted: {
      name: (row) => row.name,
      state: stateRank,
      read: (row) => row.observedAt,
      ports: portsRank,
      site: (row) => row.site.name,
      customer: (row) => row.customer.name,
      address: (row) => row.address,
      vendor: (row) => row.vendor,
      model: (row) => row.model,
      firmware: (row) => row.firmware,
      calls: (row) => row.activeCalls,
      temperature: (row) => row.temperatureC,
    },
    facets: GATEWAY_FACETS,
    word: 'harbour albany',
    narrowed: { worst: ['critical', 'unknown'] },
    misunderstood: { query: { worst: ['awful'] }, path: 'query.worst.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query(`update gateway set name = 'zz' || name where id = $1`, [id]);
      }),
  }),
  { columns: GATEWAY_COLUMNS, facets: GATEWAY_FACETS },
);

const AGENT_RANK = { online: 0, 'never-connected': 1, silent: 2, revoked: 3 } as const;

checkList(
  'agents',
  () => ({
    list: (query) => oak.viewer(endpoints.listAgents, { query }),
    facet: (query) => oak.viewer(endpoints.getAgentFacet, { query }),
    export: (query) => oak.viewer(endpoints.exportAgents, { query }),
    elsewhere: (query) => elm.viewer(endpoints.listAgents, { query }),
    sorted: {
      hostname: (row) => row.hostname,
      state: (row) => AGENT_RANK[row.state],
      seen: (row) => row.lastSeenAt,
      site: (row) => row.site.name,
      customer: (row) => row.site.customerName,
      gateways: (row) => row.gatewayCount,
      backlog: (row) => row.backlogMessages,
      lost: (row) => row.lostMessages,
      version: (row) => row.version,
      platform: (row) => row.platform,
      certificate: (row) => row.certificateExpiresAt,
      enrolled: (row) => row.enrolledAt,
    },
    facets: AGENT_FACETS,
    word: 'harbour albany',
    narrowed: { state: ['silent', 'never-connected'] },
    misunderstood: { query: { siteId: 'no-id' }, path: 'query.siteId.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query(`update agent set hostname = 'zz' || hostname where id = $1`, [id]);
      }),
  }),
  { columns: AGENT_COLUMNS, facets: AGENT_FACETS },
);

const CONTACT_RANK = ({ agentCount, agentsOnline }: Site): number => {
  if (agentCount === 0) return 3;
  if (agentsOnline === 0) return 2;
  return agentsOnline === agentCount ? 0 : 1;
};

checkList(
  'sites',
  () => ({
    list: (query) => oak.viewer(endpoints.listSites, { query }),
    facet: (query) => oak.viewer(endpoints.getSiteFacet, { query }),
    export: (query) => oak.viewer(endpoints.exportSites, { query }),
    elsewhere: (query) => elm.viewer(endpoints.listSites, { query }),
    sorted: {
      name: (row) => row.name,
      worst: portsRank,
      ports: (row) => row.ports.total,
      gateways: (row) => row.gatewayCount,
      agents: CONTACT_RANK,
      customer: (row) => row.customer.name,
      address: (row) => (row.address === '' ? null : row.address),
      zone: (row) => row.timeZone,
      tags: (row) => (row.tags.length === 0 ? null : row.tags.join(' ')),
    },
    facets: SITE_FACETS,
    word: 'quay',
    narrowed: { contact: ['none', 'no-agent'] },
    misunderstood: { query: { contact: 'maybe' }, path: 'query.contact.0' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query(`update site set name = 'zz' || name where id = $1`, [id]);
      }),
  }),
  { columns: SITE_COLUMNS, facets: SITE_FACETS },
);

checkList<Customer, CustomerColumn, CustomerFacet>(
  'customers',
  () => ({
    list: (query) => oak.viewer(endpoints.listCustomers, { query }),
    facet: (query) => oak.viewer(endpoints.getCustomerFacet, { query }),
    export: (query) => oak.viewer(endpoints.exportCustomers, { query }),
    elsewhere: (query) => elm.viewer(endpoints.listCustomers, { query }),
    sorted: {
      name: (row) => row.name,
      worst: portsRank,
      ports: (row) => row.ports.total,
      sites: (row) => row.siteCount,
      gateways: (row) => row.gatewayCount,
    },
    facets: CUSTOMER_FACETS,
    word: 'quay',
    narrowed: { worst: ['critical', 'unknown'] },
    misunderstood: { query: { limit: 0 }, path: 'query.limit' },
    change: (id) =>
      asOwner(api.database.ownerUrl, async (sql) => {
        await sql.query('update customer set archived_at = now() where id = $1', [id]);
      }),
  }),
  { columns: CUSTOMER_COLUMNS, facets: CUSTOMER_FACETS },
);
