import { CONDITION_KINDS, LINE_DEVICE_CLASSES, SUBJECT_TYPES } from '@loopstart/domain';
import { z } from 'zod';
import { ALERT_SEVERITIES, Evidence } from './alert-parts.ts';
import { alertShape } from './alert-shape.ts';
import { Alert } from './alerts.ts';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { IncidentDelivery, IncidentEntry } from './incident-timeline.ts';
import { Facet, list, paging, search, someIds, someOf, sortedBy, timeRange } from './list.ts';

/** Progress in handling an incident. */
export const ATTENTION = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;

export const IncidentSummary = z
  .object({
    ...alertShape,
    number: z.int(),
    announcedAt: Instant,
    resolvedAt: Instant.nullable(),
    attention: z.enum(ATTENTION),
    acknowledgedAt: Instant.nullable(),
    acknowledgedBy: z.string().nullable(),
    assignedTo: z.object({ id: Id, name: z.string() }).nullable(),
    snoozedUntil: Instant.nullable(),
    silenced: z.boolean(),
    why: z.string().describe('The evidence in one sentence'),
    firstStep: z.string(),
    affected: z
      .object({ agents: z.int(), gateways: z.int(), ports: z.int() })
      .describe('Number of objects whose alerts the incident suppresses'),
    reachesNobody: z
      .boolean()
      .describe('No policy matches the incident, or the policy that matches has nobody to notify'),
  })
  .meta({ id: 'IncidentSummary' });
export type IncidentSummary = z.infer<typeof IncidentSummary>;

/** A line that an incident affects. */
export const AffectedLine = z
  .object({
    gatewayId: Id,
    gatewayName: z.string(),
    siteName: z.string(),
    position: z.int(),
    label: z.string().nullable(),
    number: z.string().nullable(),
    lineDeviceClass: z.enum(LINE_DEVICE_CLASSES),
  })
  .meta({ id: 'AffectedLine' });
export type AffectedLine = z.infer<typeof AffectedLine>;

/** A gateway with lines that an incident affects. */
export const AffectedGateway = z
  .object({
    id: Id,
    name: z.string(),
    siteId: Id,
    siteName: z.string(),
    lines: z.int(),
    lifeSafetyLines: z.int(),
  })
  .meta({ id: 'AffectedGateway' });
export type AffectedGateway = z.infer<typeof AffectedGateway>;

/** The lines that an incident affects, as totals and by name; life-safety lines come first. */
const behindShape = {
  lines: z.int(),
  lifeSafetyLines: z.int(),
  first: z.array(AffectedLine).describe('The first affected lines; `lines` counts all'),
};

export const CauseOfTrouble = z.object({ incident: IncidentSummary, ...behindShape }).meta({ id: 'CauseOfTrouble' });
export type CauseOfTrouble = z.infer<typeof CauseOfTrouble>;

export const Incident = IncidentSummary.extend({
  behind: z.object({ ...behindShape, gateways: z.array(AffectedGateway) }),
  rootAlertId: Id,
  means: z.string().describe('The consequence for the people on the line'),
  evidence: Evidence,
  /** Path from the operator down to the faulty object; `cause` marks where the cause is. */
  path: z.array(
    z.object({
      type: z.enum(SUBJECT_TYPES),
      id: z.string(),
      name: z.string(),
      cause: z.boolean(),
      state: z.enum(['fine', 'wrong', 'unknown']),
    }),
  ),
  /** Alerts that the incident suppresses; at most 500, `suppressedTotal` counts all. */
  suppressed: z.array(Alert),
  suppressedTotal: z.int(),
  policy: z.object({ id: Id, name: z.string() }).nullable(),
  deliveries: z.array(IncidentDelivery),
  timeline: z.array(IncidentEntry),
}).meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;

const incident = z.object({ incidentId: Id });

/** Columns of the list of incidents: each can be sorted by and exported. */
export const INCIDENT_COLUMNS = [
  'title',
  'severity',
  'state',
  'where',
  'site',
  'customer',
  'since',
  'raised',
  'affects',
  'why',
  'kind',
  'assigned',
  'number',
] as const;
export type IncidentColumn = (typeof INCIDENT_COLUMNS)[number];

const incidentFilter = {
  ...search,
  kind: someOf(CONDITION_KINDS),
  severity: someOf(ALERT_SEVERITIES),
  customerId: someIds,
  siteId: someIds,
  gatewayId: someIds,
  position: z.coerce.number().int().min(1).optional(),
  /** `active`: open, acknowledged or snoozed. */
  attention: someOf([...ATTENTION, 'active', 'all']).default(['active']),
  assignedTo: z
    .preprocess(
      (given) => (typeof given === 'string' ? given.split(',') : given),
      z
        .array(z.union([Id, z.literal('me'), z.literal('nobody')]))
        .min(1)
        .max(200),
    )
    .optional(),
};

/** Filters of incidents of which the values are counted. */
export const INCIDENT_FACETS = [
  'attention',
  'severity',
  'kind',
  'customerId',
  'siteId',
  'gatewayId',
  'position',
  'assignedTo',
] as const;
export type IncidentFacet = (typeof INCIDENT_FACETS)[number];

export const incidentEndpoints = {
  listIncidents: endpoint({
    id: 'listIncidents',
    method: 'GET',
    path: '/api/v1/incidents',
    permission: 'incidents.read',
    summary: 'List incidents, by default most urgent first, then newest',
    query: z.object({ ...incidentFilter, ...timeRange, sort: sortedBy(INCIDENT_COLUMNS), ...paging }),
    response: list(IncidentSummary),
  }),
  getIncidentFacet: endpoint({
    id: 'getIncidentFacet',
    method: 'GET',
    path: '/api/v1/incidents/facets',
    permission: 'incidents.read',
    summary: 'Count incidents by the values of one filter',
    query: z.object({ ...incidentFilter, ...timeRange, facet: z.enum(INCIDENT_FACETS) }),
    response: Facet,
  }),
  exportIncidents: csvEndpoint({
    id: 'exportIncidents',
    path: '/api/v1/incidents/export',
    permission: 'incidents.read',
    summary: 'Export the incidents that match as CSV',
    query: z.object({
      ...incidentFilter,
      ...timeRange,
      sort: sortedBy(INCIDENT_COLUMNS),
      columns: someOf(INCIDENT_COLUMNS),
    }),
  }),
  getIncidentCounts: endpoint({
    id: 'getIncidentCounts',
    method: 'GET',
    path: '/api/v1/incident-counts',
    permission: 'incidents.read',
    summary: 'Count incidents by state and severity, and the monitored devices',
    response: z.object({
      open: z.int(),
      acknowledged: z.int(),
      snoozed: z.int(),
      bySeverity: z.object({ info: z.int(), minor: z.int(), major: z.int(), critical: z.int() }),
      reachesNobody: z.int(),
      watched: z.object({ agents: z.int(), gateways: z.int(), ports: z.int() }),
      /** Last full evaluation by the detector; null before the first. Older than a minute is a fault of the service. */
      judgedAt: Instant.nullable(),
      monitoring: z.enum(['working', 'late', 'interrupted']),
    }),
  }),
  getIncident: endpoint({
    id: 'getIncident',
    method: 'GET',
    path: '/api/v1/incidents/:incidentId',
    permission: 'incidents.read',
    summary: 'Get an incident with its evidence, affected lines and timeline',
    params: incident,
    response: Incident,
  }),
  acknowledgeIncident: endpoint({
    id: 'acknowledgeIncident',
    method: 'POST',
    path: '/api/v1/incidents/:incidentId/acknowledge',
    permission: 'incidents.acknowledge',
    summary: 'Acknowledge an incident and stop its escalation; repeating it has no effect',
    params: incident,
    body: z.object({ comment: z.string().trim().max(2000).optional() }),
    response: IncidentSummary,
  }),
  withdrawAcknowledgement: endpoint({
    id: 'withdrawAcknowledgement',
    method: 'POST',
    path: '/api/v1/incidents/:incidentId/unacknowledge',
    permission: 'incidents.acknowledge',
    summary: 'Withdraw an acknowledgement and resume the escalation',
    params: incident,
    response: IncidentSummary,
  }),
  assignIncident: endpoint({
    id: 'assignIncident',
    method: 'POST',
    path: '/api/v1/incidents/:incidentId/assign',
    permission: 'incidents.assign',
    summary: 'Assign an incident to a person, or to nobody',
    params: incident,
    body: z.object({ userId: Id.nullable() }),
    response: IncidentSummary,
  }),
  snoozeIncident: endpoint({
    id: 'snoozeIncident',
    method: 'POST',
    path: '/api/v1/incidents/:incidentId/snooze',
    permission: 'incidents.snooze',
    summary: 'Snooze notifications of an incident until a time; null ends the snooze',
    params: incident,
    body: z.object({ until: Instant.nullable(), comment: z.string().trim().max(2000).optional() }),
    response: IncidentSummary,
  }),
  commentIncident: endpoint({
    id: 'commentIncident',
    method: 'POST',
    path: '/api/v1/incidents/:incidentId/comments',
    permission: 'incidents.comment',
    summary: 'Add a comment',
    params: incident,
    body: z.object({ text: z.string().trim().min(1).max(2000) }),
    response: IncidentSummary,
    status: 201,
  }),
  acknowledgeIncidents: endpoint({
    id: 'acknowledgeIncidents',
    method: 'POST',
    path: '/api/v1/incidents/acknowledge',
    permission: 'incidents.acknowledge',
    summary: 'Acknowledge several incidents, or all that match a filter',
    body: z.union([z.object({ ids: z.array(Id).min(1).max(500) }), z.object({ filter: z.object(incidentFilter) })]),
    response: z.object({ acknowledged: z.int(), already: z.int(), notFound: z.int() }),
  }),
} as const;
