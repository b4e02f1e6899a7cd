import { AUDIT_SUBJECTS, AUDIT_VERBS } from '@loopstart/domain';
import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { Facet, list, paging, search, someIds, someNames, someOf, sortedBy, timeRange } from './list.ts';

const Fields = z.record(z.string(), z.unknown());

/** Verbs and kinds of things are open here: entries of a later version stay readable. */
export const AuditEntry = z
  .object({
    id: z.string(),
    at: Instant,
    by: z.object({
      kind: z.enum(['person', 'token', 'agent', 'system']),
      userId: Id.nullable().describe('Of a token the id of the token'),
      name: z.string().describe('Name at that time; of an agent its host name'),
      address: z.string().nullable().describe('From where; null where no request caused it, or it was erased'),
      userAgent: z.string().nullable().describe('Beginning of what the browser or program calls itself'),
    }),
    verb: z.string().describe(`What was done: ${AUDIT_VERBS.join(', ')}`),
    subject: z.object({
      type: z.string().describe(`What it was done to: ${AUDIT_SUBJECTS.join(', ')}`),
      id: z.string(),
      name: z.string().nullable().describe('Present name, else the last one recorded; null where none is known'),
      exists: z.boolean().describe('False where it was deleted since'),
      gatewayId: Id.nullable().describe('Gateway of a port, an action or a runbook run'),
      position: z.int().nullable().describe('Port of a port, an action or a runbook run'),
    }),
    change: Fields.describe('What was asked for, without secrets'),
    before: Fields.nullable().describe('What the changed fields were before; null where it was not recorded'),
    names: z.record(z.string(), z.string()).describe('Names of the ids in `change` and `before`, where they are known'),
    chain: z
      .object({ seq: z.int(), hash: z.string() })
      .nullable()
      .describe('Place in the chain of the operator, and hash; null: written before there was a chain'),
    erased: z.boolean().describe('Whether it was about, or by, a person who was erased since'),
    requestId: z.string().nullable().describe('Id of the request; null where an agent enrolled'),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Columns of the audit trail: each can be sorted by and exported. */
export const AUDIT_COLUMNS = ['who', 'at', 'verb', 'subject'] as const;
export type AuditColumn = (typeof AUDIT_COLUMNS)[number];

/** Periods up to now that the audit trail can be narrowed to. */
export const AUDIT_PERIODS = ['24h', '7d', '30d', '90d'] as const;
export type AuditPeriod = (typeof AUDIT_PERIODS)[number];

/** The filters of the audit trail. */
export const auditFilters = {
  ...search,
  userId: someIds,
  verb: someOf(AUDIT_VERBS),
  subjectType: someOf(AUDIT_SUBJECTS),
  subjectId: someNames.describe('What it was done to; of a gateway, its ports too'),
  within: z.enum(AUDIT_PERIODS).optional().describe('The period up to now; the later of it and `from` counts'),
  ...timeRange,
};

/** Filters of the audit trail of which the values are counted. */
export const AUDIT_FACETS = ['userId', 'verb', 'subjectType', 'subjectId'] as const;
export type AuditFacet = (typeof AUDIT_FACETS)[number];

export const auditEndpoints = {
  listAudit: endpoint({
    id: 'listAudit',
    method: 'GET',
    path: '/api/v1/audit',
    permission: 'audit.read',
    summary: 'List who changed what, newest first',
    query: z.object({ ...auditFilters, sort: sortedBy(AUDIT_COLUMNS), ...paging }),
    response: list(AuditEntry),
  }),
  getAuditFacet: endpoint({
    id: 'getAuditFacet',
    method: 'GET',
    path: '/api/v1/audit/facets',
    permission: 'audit.read',
    summary: 'Count audit entries by the values of one filter',
    query: z.object({ ...auditFilters, facet: z.enum(AUDIT_FACETS) }),
    response: Facet,
  }),
  exportAudit: csvEndpoint({
    id: 'exportAudit',
    path: '/api/v1/audit/export',
    permission: 'audit.read',
    summary: 'Export the audit entries that match as CSV',
    query: z.object({ ...auditFilters, sort: sortedBy(AUDIT_COLUMNS), columns: someOf(AUDIT_COLUMNS) }),
  }),
  getAuditEntry: endpoint({
    id: 'getAuditEntry',
    method: 'GET',
    path: '/api/v1/audit/:entryId',
    permission: 'audit.read',
    summary: 'Get an audit entry',
    params: z.object({ entryId: z.string().regex(/^[1-9]\d{0,17}$/, 'the id of an audit entry') }),
    response: AuditEntry,
  }),
} as const;
