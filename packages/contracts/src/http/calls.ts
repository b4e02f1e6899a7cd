import {
  CALL_DIRECTIONS,
  CALL_FORMATS,
  CALL_NULL_REASONS,
  CALL_PROGRESS,
  CALL_SIDES,
  QUALITY_BANDS,
} from '@loopstart/domain';
import { z } from 'zod';
import { CallQuality } from '../agent/up/call-events.ts';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { Facet, list, paging, search, someIds, someNames, someOf, sortedBy, timeRange } from './list.ts';

/** A call, as the records of its gateway report it. */
export const CallRecord = z
  .object({
    id: Id,
    gatewayId: Id,
    gatewayName: z.string(),
    siteId: Id,
    siteName: z.string(),
    customerId: Id,
    customerName: z.string(),
    timeZone: z.string(),
    position: z.int().nullable().describe('Port; null with its reason in `nulls`'),
    portLabel: z.string().nullable(),
    at: Instant.describe('When the call began, or where that is not known, when it was first heard of'),
    progress: z
      .enum(CALL_PROGRESS)
      .describe(
        '`no-end-received`: no end came within 24 hours after the answer, or within an hour without one; its length is not known',
      ),
    direction: z.enum(CALL_DIRECTIONS).nullable(),
    dialled: z.string().nullable().describe('The digits as they were dialled'),
    called: z.string().nullable().describe('The number that the gateway called'),
    calling: z.string().nullable(),
    forwardedTo: z.string().nullable(),
    lineNumber: z.string().nullable(),
    channel: z.string().nullable(),
    trunk: z.string().nullable(),
    device: z.string().nullable(),
    startedAt: Instant.nullable(),
    connectedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    gatewaySetupAt: Instant.nullable().describe('Times by the clock of the gateway'),
    gatewayConnectAt: Instant.nullable(),
    gatewayReleaseAt: Instant.nullable(),
    talkMs: z.number().nullable().describe('Time in conversation as the record gives it; 0: never answered'),
    cause: z.string().nullable(),
    causeCode: z.int().nullable().describe('Cause of ITU-T Q.850'),
    sipCode: z.int().nullable(),
    endedBy: z.enum(CALL_SIDES).nullable(),
    codec: z.string().nullable(),
    fax: z.boolean().nullable(),
    quality: CallQuality,
    qualityBand: z.enum(QUALITY_BANDS).nullable(),
    format: z.enum(CALL_FORMATS),
    nulls: z.record(z.string(), z.enum(CALL_NULL_REASONS)).describe('Why a value is null, by its name'),
  })
  .meta({ id: 'CallRecord' });
export type CallRecord = z.infer<typeof CallRecord>;

/** Columns of the list of calls: each can be sorted by and exported. */
export const CALL_COLUMNS = [
  'at',
  'progress',
  'direction',
  'dialled',
  'calling',
  'gateway',
  'site',
  'customer',
  'talk',
  'cause',
  'quality',
  'fax',
  'codec',
] as const;
export type CallColumn = (typeof CALL_COLUMNS)[number];

export const CALL_PERIODS = ['1h', '24h', '7d'] as const;
export const CALL_QUALITY_FILTER = [...QUALITY_BANDS, 'not-measured'] as const;
export const CALL_FAX_FILTER = ['yes', 'no', 'not-known'] as const;

const places = { customerId: someIds, siteId: someIds, gatewayId: someIds };
const filters = {
  ...search,
  ...places,
  position: z.coerce.number().int().min(1).optional(),
  number: z
    .string()
    .trim()
    .regex(/^[+*#\d]{1,40}$/, 'digits, with *, # or + where they were dialled')
    .optional()
    .describe('Digits that the dialled, called or calling number contains'),
  direction: someOf(CALL_DIRECTIONS),
  progress: someOf(CALL_PROGRESS),
  cause: someNames,
  fax: someOf(CALL_FAX_FILTER),
  quality: someOf(CALL_QUALITY_FILTER),
  within: z.enum(CALL_PERIODS).optional().describe('The period up to now; the later of it and `from` counts'),
  ...timeRange,
};

/** Filters of calls of which the values are counted. */
export const CALL_FACETS = [
  'progress',
  'direction',
  'cause',
  'fax',
  'quality',
  'customerId',
  'siteId',
  'gatewayId',
  'position',
] as const;
export type CallFacet = (typeof CALL_FACETS)[number];

/** How many gateways send call records: of the others no call is known. */
export const CallCoverage = z
  .object({
    gateways: z.int().describe('Gateways in service'),
    receiving: z.int().describe('Those from which call records have come'),
    without: z
      .array(z.object({ id: Id, name: z.string() }))
      .describe('Gateways from which no call record ever came; the first 50 by name'),
    lastAt: Instant.nullable().describe('When the last record came, to the minute'),
  })
  .meta({ id: 'CallCoverage' });
export type CallCoverage = z.infer<typeof CallCoverage>;

export const callEndpoints = {
  listCalls: endpoint({
    id: 'listCalls',
    method: 'GET',
    path: '/api/v1/calls',
    permission: 'calls.read',
    summary: 'List calls, by default newest first; in other orders the newest 10,000 that match',
    query: z.object({ ...filters, sort: sortedBy(CALL_COLUMNS), ...paging }),
    response: list(CallRecord),
  }),
  getCallFacet: endpoint({
    id: 'getCallFacet',
    method: 'GET',
    path: '/api/v1/calls/facets',
    permission: 'calls.read',
    summary: 'Count calls by the values of one filter, of the newest 10,000 that match',
    query: z.object({ ...filters, facet: z.enum(CALL_FACETS) }),
    response: Facet,
  }),
  exportCalls: csvEndpoint({
    id: 'exportCalls',
    path: '/api/v1/calls/export',
    permission: 'calls.read',
    summary: 'Export the calls that match as CSV; in other orders than newest first, the newest 10,000 of them',
    query: z.object({ ...filters, sort: sortedBy(CALL_COLUMNS), columns: someOf(CALL_COLUMNS) }),
  }),
  getCallCoverage: endpoint({
    id: 'getCallCoverage',
    method: 'GET',
    path: '/api/v1/calls/coverage',
    permission: 'calls.read',
    summary: 'How many gateways send call records, and which do not',
    query: z.object(places),
    response: CallCoverage,
  }),
} as const;
