import {
  ACTION_TYPES,
  CONDITION_KINDS,
  FRESHNESS,
  MODEL_REASONS,
  NULL_REASONS,
  POWER_SOURCES,
  SEVERITIES,
  UNREADABLE_CODES,
} from '@loopstart/domain';
import { z } from 'zod';
import { Capabilities, EVIDENCE } from '../agent/inventory.ts';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { Facet, list, paging, search, someIds, someNames, someOf, sortedBy } from './list.ts';
import { gateway } from './params.ts';
import { Port, PortCounts } from './ports.ts';

export const REACHABILITY = ['reachable', 'unreachable', 'unknown'] as const;

/** Lists exclude retired gateways, list only them, or include them. */
export const RETIRED_FILTER = ['exclude', 'only', 'include'] as const;

const OtherGateway = z.object({ id: Id, name: z.string() });

export const GATEWAY_NOTICES = [
  'displaced',
  'identity-conflict',
  'agent-revoked',
  'target-removed',
  'retired-reported-again',
] as const;

/** A decision that the record of a gateway needs from a person. */
export const GatewayNotice = z
  .object({ code: z.enum(GATEWAY_NOTICES), text: z.string(), other: OtherGateway.nullable() })
  .meta({ id: 'GatewayNotice' });
export type GatewayNotice = z.infer<typeof GatewayNotice>;

export const GatewaySummary = z
  .object({
    id: Id,
    name: z.string(),
    site: z.object({ id: Id, name: z.string(), timeZone: z.string() }),
    customer: z.object({ id: Id, name: z.string() }),
    agentId: Id,
    vendor: z.string(),
    model: z.string().nullable().describe('Null where it is not known'),
    modelReason: z.enum(MODEL_REASONS).nullable().describe('Why the model is not known; null where it is'),
    firmware: z.string().nullable(),
    address: z.string(),
    driverId: z.string(),
    evidence: z.enum(EVIDENCE),
    unknownHardware: z.boolean(),
    reachability: z.enum(REACHABILITY),
    unreachableReason: z.string().nullable(),
    unreachableCode: z.enum(UNREADABLE_CODES).nullable().describe('Why the gateway cannot be read; null while it can'),
    freshness: z.enum(FRESHNESS),
    observedAt: Instant.nullable(),
    temperatureC: z.number().nullable(),
    activeCalls: z.int().nullable(),
    ports: PortCounts,
    worst: z.enum(SEVERITIES),
    retired: z
      .object({
        at: Instant,
        by: z.string(),
        because: z.enum(['retired', 'replaced', 'merged']),
        note: z.string().nullable(),
        successor: OtherGateway.nullable(),
        reportedAgain: z.boolean().describe('The gateway answered again after it was retired'),
        agentsLearned: z
          .boolean()
          .nullable()
          .describe(
            'Of a merged gateway: whether every agent of its site has acknowledged the merge; null where it was not merged, or the site has no agent',
          ),
      })
      .nullable()
      .describe('How the gateway was retired; null while it is in service'),
    notices: z.array(GatewayNotice),
  })
  .meta({ id: 'GatewaySummary' });
export type GatewaySummary = z.infer<typeof GatewaySummary>;

export const Gateway = GatewaySummary.extend({
  serial: z.string().nullable(),
  macAddress: z.string().nullable(),
  hardwareRevision: z.string().nullable(),
  sysName: z.string().nullable(),
  sysDescr: z.string().nullable(),
  sysObjectId: z.string().nullable(),
  powerSource: z.enum(POWER_SOURCES).nullable(),
  sipServer: z
    .string()
    .nullable()
    .describe('SIP server where its lines register; null where the gateway does not report it'),
  cannotTell: z.array(z.enum(CONDITION_KINDS)).describe('Conditions that this gateway cannot report'),
  pollIntervalMs: z.int(),
  firstSeenAt: Instant,
  uptimeS: z.number().nullable(),
  cpuPercent: z.number().nullable(),
  memoryPercent: z.number().nullable(),
  nulls: z.record(z.string(), z.enum(NULL_REASONS)),
  capabilities: Capabilities,
  actions: z.array(z.enum(ACTION_TYPES)),
  driverNote: z.string().describe('Evidence for this driver in plain words'),
  portList: z.array(Port),
}).meta({ id: 'Gateway' });
export type Gateway = z.infer<typeof Gateway>;

/** Columns of the list of gateways: each can be sorted by and exported. */
export const GATEWAY_COLUMNS = [
  'name',
  'state',
  'read',
  'ports',
  'site',
  'customer',
  'address',
  'vendor',
  'model',
  'firmware',
  'calls',
  'temperature',
] as const;
export type GatewayColumn = (typeof GATEWAY_COLUMNS)[number];

/** Filters on what a gateway is and where it stands; lists of its lines have them too. */
export const gatewayKindFilters = {
  customerId: someIds,
  siteId: someIds,
  vendor: someNames,
  model: someNames,
  firmware: someNames,
};

const filters = {
  ...search,
  ...gatewayKindFilters,
  agentId: someIds,
  worst: someOf(SEVERITIES),
  freshness: someOf(FRESHNESS),
  reachability: someOf(REACHABILITY),
  retired: z.enum(RETIRED_FILTER).optional().describe('Whether to include retired gateways; excluded by default'),
};

/** Filters of gateways of which the values are counted. */
export const GATEWAY_FACETS = [
  'customerId',
  'siteId',
  'agentId',
  'vendor',
  'model',
  'firmware',
  'worst',
  'freshness',
  'reachability',
] as const;
export type GatewayFacet = (typeof GATEWAY_FACETS)[number];

export const gatewayEndpoints = {
  listGateways: endpoint({
    id: 'listGateways',
    method: 'GET',
    path: '/api/v1/gateways',
    permission: 'gateways.read',
    summary: 'List gateways',
    query: z.object({ ...filters, sort: sortedBy(GATEWAY_COLUMNS), ...paging }),
    response: list(GatewaySummary),
  }),
  getGatewayFacet: endpoint({
    id: 'getGatewayFacet',
    method: 'GET',
    path: '/api/v1/gateways/facets',
    permission: 'gateways.read',
    summary: 'Count gateways by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(GATEWAY_FACETS) }),
    response: Facet,
  }),
  exportGateways: csvEndpoint({
    id: 'exportGateways',
    path: '/api/v1/gateways/export',
    permission: 'gateways.read',
    summary: 'Export the gateways that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(GATEWAY_COLUMNS), columns: someOf(GATEWAY_COLUMNS) }),
  }),
  getGateway: endpoint({
    id: 'getGateway',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId',
    permission: 'gateways.read',
    summary: 'Get a gateway with its ports',
    params: gateway,
    response: Gateway,
  }),
  updateGateway: endpoint({
    id: 'updateGateway',
    method: 'PATCH',
    path: '/api/v1/gateways/:gatewayId',
    permission: 'gateways.write',
    summary: 'Name a gateway',
    params: gateway,
    body: z.object({ name: z.string().trim().min(1).max(120) }),
    response: GatewaySummary,
  }),
} as const;
