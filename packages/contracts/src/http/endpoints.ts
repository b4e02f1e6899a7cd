import { FRESHNESS, LINE_DEVICE_CLASSES, PORT_KINDS, SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { EnrolRequest, EnrolResponse } from '../agent/enrol.ts';
import { EVENT_KINDS } from '../agent/up/gateway-event.ts';
import { channelEndpoints } from './alerting-channels.ts';
import { incidentEndpoints, IncidentSummary } from './alerting-incidents.ts';
import { policyEndpoints } from './alerting-policies.ts';
import { runbookEndpoints } from './alerting-runbooks.ts';
import { endpoint } from './endpoint.ts';
import { gatewayLifecycleEndpoints } from './gateway-lifecycle.ts';
import { list, paging, search, someOf, timeRange } from './list.ts';
import { Overview } from './overview.ts';
import * as r from './resources.ts';

const customer = z.object({ customerId: r.Id });
const site = z.object({ siteId: r.Id });
const agent = z.object({ agentId: r.Id });
const gateway = z.object({ gatewayId: r.Id });
const port = z.object({ gatewayId: r.Id, position: z.coerce.number().int().min(1) });

/** The whole REST API. The api implements it, the console calls it, OpenAPI is emitted from it. */
export const endpoints = {
  signIn: endpoint({
    id: 'signIn',
    method: 'POST',
    path: '/api/v1/session',
    role: 'public',
    summary: 'Sign in; sets the session cookie',
    body: z.object({ email: z.string().trim().toLowerCase().max(320), password: z.string().min(1).max(500) }),
    response: r.User,
    status: 201,
  }),
  getSession: endpoint({
    id: 'getSession',
    method: 'GET',
    path: '/api/v1/session',
    role: 'viewer',
    summary: 'Who is signed in',
    response: r.User,
  }),
  changePassword: endpoint({
    id: 'changePassword',
    method: 'PUT',
    path: '/api/v1/session/password',
    role: 'viewer',
    summary: 'Change your own password; ends your other sessions',
    body: z.object({ currentPassword: z.string().min(1).max(500), newPassword: r.NewPassword }),
  }),
  signOut: endpoint({ id: 'signOut', method: 'DELETE', path: '/api/v1/session', role: 'viewer', summary: 'Sign out' }),

  getOverview: endpoint({
    id: 'getOverview',
    method: 'GET',
    path: '/api/v1/overview',
    role: 'viewer',
    summary: 'What is wrong first, then how much is fine',
    response: Overview,
  }),

  listCustomers: endpoint({
    id: 'listCustomers',
    method: 'GET',
    path: '/api/v1/customers',
    role: 'viewer',
    summary: 'Customers',
    query: z.object({ ...search, ...paging }),
    response: list(r.Customer),
  }),
  createCustomer: endpoint({
    id: 'createCustomer',
    method: 'POST',
    path: '/api/v1/customers',
    role: 'technician',
    summary: 'Add a customer',
    body: r.CustomerInput,
    response: r.Customer,
    status: 201,
  }),
  getCustomer: endpoint({
    id: 'getCustomer',
    method: 'GET',
    path: '/api/v1/customers/:customerId',
    role: 'viewer',
    summary: 'One customer',
    params: customer,
    response: r.Customer,
  }),
  updateCustomer: endpoint({
    id: 'updateCustomer',
    method: 'PATCH',
    path: '/api/v1/customers/:customerId',
    role: 'technician',
    summary: 'Change a customer',
    params: customer,
    body: z.object({ name: r.CustomerInput.shape.name, notes: z.string().max(2000) }).partial(),
    response: r.Customer,
  }),

  listSites: endpoint({
    id: 'listSites',
    method: 'GET',
    path: '/api/v1/sites',
    role: 'viewer',
    summary: 'Sites',
    query: z.object({ ...search, customerId: r.Id.optional(), worst: z.enum(SEVERITIES).optional(), ...paging }),
    response: list(r.Site),
  }),
  createSite: endpoint({
    id: 'createSite',
    method: 'POST',
    path: '/api/v1/sites',
    role: 'technician',
    summary: 'Add a site',
    body: r.SiteInput,
    response: r.Site,
    status: 201,
  }),
  getSite: endpoint({
    id: 'getSite',
    method: 'GET',
    path: '/api/v1/sites/:siteId',
    role: 'viewer',
    summary: 'One site',
    params: site,
    response: r.Site,
  }),
  updateSite: endpoint({
    id: 'updateSite',
    method: 'PATCH',
    path: '/api/v1/sites/:siteId',
    role: 'technician',
    summary: 'Change a site',
    params: site,
    body: z
      .object({
        name: r.SiteInput.shape.name,
        timeZone: r.SiteInput.shape.timeZone,
        address: z.string().trim().max(500),
        emergencyLocation: z.string().trim().max(500),
        probeAddress: r.SiteInput.shape.probeAddress,
        latitude: z.number().min(-90).max(90).nullable(),
        longitude: z.number().min(-180).max(180).nullable(),
      })
      .partial(),
    response: r.Site,
  }),

  listAgents: endpoint({
    id: 'listAgents',
    method: 'GET',
    path: '/api/v1/agents',
    role: 'viewer',
    summary: 'Agents with their health',
    query: z.object({ ...search, siteId: r.Id.optional(), state: z.enum(r.AGENT_STATES).optional(), ...paging }),
    response: list(r.Agent),
  }),
  getAgent: endpoint({
    id: 'getAgent',
    method: 'GET',
    path: '/api/v1/agents/:agentId',
    role: 'viewer',
    summary: 'One agent',
    params: agent,
    response: r.Agent,
  }),
  getAgentTargets: endpoint({
    id: 'getAgentTargets',
    method: 'GET',
    path: '/api/v1/agents/:agentId/targets',
    role: 'technician',
    summary: 'Where an agent looks for gateways',
    params: agent,
    response: z.object({ revision: z.int(), trapPort: z.int(), targets: z.array(r.TargetView) }),
  }),
  putAgentTargets: endpoint({
    id: 'putAgentTargets',
    method: 'PUT',
    path: '/api/v1/agents/:agentId/targets',
    role: 'technician',
    summary: 'Tell an agent where to look for gateways',
    params: agent,
    body: r.AgentTargetsInput,
    response: z.object({ revision: z.int(), trapPort: z.int(), targets: z.array(r.TargetView) }),
  }),
  revokeAgent: endpoint({
    id: 'revokeAgent',
    method: 'POST',
    path: '/api/v1/agents/:agentId/revoke',
    role: 'admin',
    summary: 'Refuse an agent from now on',
    params: agent,
    response: r.Agent,
  }),
  settleIdentityConflict: endpoint({
    id: 'settleIdentityConflict',
    method: 'POST',
    path: '/api/v1/agents/:agentId/identity-conflict/settle',
    role: 'admin',
    summary: 'Declare that only one machine uses the identity of an agent',
    params: agent,
    response: r.Agent,
  }),
  handOverGateways: endpoint({
    id: 'handOverGateways',
    method: 'POST',
    path: '/api/v1/agents/:agentId/hand-over',
    role: 'admin',
    summary: 'Hand gateways of an agent over to another agent of its site',
    params: agent,
    body: z.object({
      toAgentId: r.Id.describe('Another agent of the same site, not revoked'),
      gatewayIds: z.array(r.Id).min(1).max(2000).optional().describe('Absent: all that the agent holds'),
    }),
    response: z.object({ gateways: z.int().describe('How many were handed over') }),
  }),
  createEnrolmentToken: endpoint({
    id: 'createEnrolmentToken',
    method: 'POST',
    path: '/api/v1/sites/:siteId/enrolment-tokens',
    role: 'technician',
    summary: 'A one-time token to install an agent with, good for 24 hours',
    params: site,
    response: r.EnrolmentToken,
    status: 201,
  }),
  enrolAgent: endpoint({
    id: 'enrolAgent',
    method: 'POST',
    path: '/api/v1/enrol',
    role: 'public',
    summary: 'An agent trades its token and CSR for a certificate',
    body: EnrolRequest,
    response: EnrolResponse,
    status: 201,
  }),

  listGateways: endpoint({
    id: 'listGateways',
    method: 'GET',
    path: '/api/v1/gateways',
    role: 'viewer',
    summary: 'Gateways',
    query: z.object({
      ...search,
      customerId: r.Id.optional(),
      siteId: r.Id.optional(),
      agentId: r.Id.optional(),
      vendor: z.string().max(64).optional(),
      worst: z.enum(SEVERITIES).optional(),
      freshness: z.enum(FRESHNESS).optional(),
      reachability: z.enum(r.REACHABILITY).optional(),
      retired: z.enum(r.RETIRED_FILTER).optional().describe('Retired gateways are left out by default'),
      ...paging,
    }),
    response: list(r.GatewaySummary),
  }),
  getGateway: endpoint({
    id: 'getGateway',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId',
    role: 'viewer',
    summary: 'One gateway with its ports',
    params: gateway,
    response: r.Gateway,
  }),
  updateGateway: endpoint({
    id: 'updateGateway',
    method: 'PATCH',
    path: '/api/v1/gateways/:gatewayId',
    role: 'technician',
    summary: 'Name a gateway',
    params: gateway,
    body: z.object({ name: z.string().trim().min(1).max(120) }),
    response: r.GatewaySummary,
  }),
  getGatewaySeries: endpoint({
    id: 'getGatewaySeries',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/series',
    role: 'viewer',
    summary: 'Measurements of a gateway over time',
    params: gateway,
    query: z.object({ ...timeRange }),
    response: r.Series,
  }),

  listPorts: endpoint({
    id: 'listPorts',
    method: 'GET',
    path: '/api/v1/ports',
    role: 'viewer',
    summary: 'Ports of all gateways, searched by label, number, gateway, site or customer',
    query: z.object({
      ...search,
      customerId: r.Id.optional(),
      siteId: r.Id.optional(),
      lineDeviceClass: z.enum(LINE_DEVICE_CLASSES).optional(),
      severity: someOf(SEVERITIES),
      kind: z.enum(PORT_KINDS).optional(),
      ...paging,
    }),
    response: list(
      z.object({
        ...r.Port.shape,
        gatewayName: z.string(),
        siteName: z.string(),
        siteId: r.Id,
        customerName: z.string(),
      }),
    ),
  }),
  getPort: endpoint({
    id: 'getPort',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position',
    role: 'viewer',
    summary: 'One port',
    params: port,
    response: r.Port,
  }),
  updatePort: endpoint({
    id: 'updatePort',
    method: 'PATCH',
    path: '/api/v1/gateways/:gatewayId/ports/:position',
    role: 'technician',
    summary: 'Label a port, or say what is plugged in',
    params: port,
    body: z
      .object({
        label: z.string().trim().max(120).nullable(),
        number: z.string().trim().max(64).nullable(),
        lineDeviceClass: z.enum(LINE_DEVICE_CLASSES),
      })
      .partial(),
    response: r.Port,
  }),
  getPortHistory: endpoint({
    id: 'getPortHistory',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position/history',
    role: 'viewer',
    summary: 'State changes of a port, newest first',
    params: port,
    query: z.object({ ...timeRange, ...paging }),
    response: list(r.StateChange),
  }),
  getPortSeries: endpoint({
    id: 'getPortSeries',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position/series',
    role: 'viewer',
    summary: 'Measurements of a port over time, at a resolution that fits the range',
    params: port,
    query: z.object({ ...timeRange }),
    response: r.Series,
  }),
  getGatewayActions: endpoint({
    id: 'getGatewayActions',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/actions',
    role: 'viewer',
    summary: 'What may be done to a whole gateway now',
    params: gateway,
    response: z.object({ offers: z.array(r.ActionOffer) }),
  }),
  getPortActions: endpoint({
    id: 'getPortActions',
    method: 'GET',
    path: '/api/v1/gateways/:gatewayId/ports/:position/actions',
    role: 'viewer',
    summary: 'What may be done to a port now',
    params: port,
    response: z.object({ offers: z.array(r.ActionOffer) }),
  }),

  listEvents: endpoint({
    id: 'listEvents',
    method: 'GET',
    path: '/api/v1/events',
    role: 'viewer',
    summary: 'What gateways said, newest first',
    query: z.object({
      ...search,
      customerId: r.Id.optional(),
      siteId: r.Id.optional(),
      gatewayId: r.Id.optional(),
      position: z.coerce.number().int().min(1).optional(),
      kind: z.enum(EVENT_KINDS).optional(),
      ...timeRange,
      ...paging,
    }),
    response: list(r.Event),
  }),

  createAction: endpoint({
    id: 'createAction',
    method: 'POST',
    path: '/api/v1/gateways/:gatewayId/actions',
    role: 'technician',
    summary: 'Ask a gateway to do something; refused with a reason when a line would be interrupted',
    params: gateway,
    body: r.ActionInput,
    response: r.Action,
    status: 202,
  }),
  listActions: endpoint({
    id: 'listActions',
    method: 'GET',
    path: '/api/v1/actions',
    role: 'viewer',
    summary: 'Actions, newest first',
    query: z.object({ gatewayId: r.Id.optional(), position: z.coerce.number().int().min(1).optional(), ...paging }),
    response: list(r.Action),
  }),
  getAction: endpoint({
    id: 'getAction',
    method: 'GET',
    path: '/api/v1/actions/:actionId',
    role: 'viewer',
    summary: 'One action',
    params: z.object({ actionId: r.Id }),
    response: r.Action,
  }),
  cancelAction: endpoint({
    id: 'cancelAction',
    method: 'POST',
    path: '/api/v1/actions/:actionId/cancel',
    role: 'technician',
    summary: 'Take back an action that has not begun',
    params: z.object({ actionId: r.Id }),
    response: r.Action,
  }),

  listDrivers: endpoint({
    id: 'listDrivers',
    method: 'GET',
    path: '/api/v1/drivers',
    role: 'viewer',
    summary: 'What each driver can read and do, and what has proven it',
    response: z.object({ items: z.array(r.DriverView) }),
  }),

  ...gatewayLifecycleEndpoints,
  ...incidentEndpoints,
  ...channelEndpoints,
  ...policyEndpoints,
  ...runbookEndpoints,
} as const;
export type Endpoints = typeof endpoints;
export type EndpointId = keyof Endpoints;

/** Server-sent events: `GET /api/v1/live`, session cookie, one JSON object an event, `id` for Last-Event-ID; `?user=` refuses another. */
export const LIVE_PATH = '/api/v1/live';
export const LiveEvent = z.discriminatedUnion('type', [
  /** Ports of a gateway changed: the new values of the changed fields, so that the faceplate needs no request. */
  z.object({
    type: z.literal('gateway'),
    gatewayId: r.Id,
    siteId: r.Id,
    observedAt: r.Instant,
    ports: z
      .array(r.Port.partial().required({ position: true }))
      .describe('Changed ports only; absent fields are unchanged'),
    gateway: z
      .object({
        reachability: z.enum(r.REACHABILITY),
        temperatureC: z.number().nullable(),
        activeCalls: z.int().nullable(),
      })
      .partial()
      .optional(),
  }),
  z.object({ type: z.literal('inventory'), gatewayId: r.Id, siteId: r.Id }),
  z.object({ type: z.literal('agent'), agentId: r.Id, siteId: r.Id }),
  z.object({ type: z.literal('event'), event: r.Event }),
  z.object({ type: z.literal('action'), action: r.Action }),
  /** An incident began, changed or ended. */
  z.object({ type: z.literal('incident'), incident: IncidentSummary }),
  /** The stream missed something (buffer overrun, reconnect): fetch again. */
  z.object({ type: z.literal('resync') }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;
