import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant, timeZone } from './fields.ts';
import { confirm, LocalTime, name, reason, Weekday } from './input-fields.ts';
import { Facet, list, paging, search, someNames, someOf, sortedBy } from './list.ts';
import { HOLD_BACK_STATES } from './silences.ts';

export const Recurrence = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), until: z.iso.date().nullable().default(null) }),
  z.object({
    every: z.literal('week'),
    weekdays: z.array(Weekday).min(1).max(7),
    until: z.iso.date().nullable().default(null),
  }),
  z.object({
    every: z.literal('month'),
    /** A day of the month, or the nth (-1: last) weekday. */
    on: z.union([
      z.object({ day: z.int().min(1).max(31) }),
      z.object({ nth: z.union([z.literal(-1), z.int().min(1).max(4)]), weekday: Weekday }),
    ]),
    until: z.iso.date().nullable().default(null),
  }),
]);
export type Recurrence = z.infer<typeof Recurrence>;

/** What a maintenance window can be of. */
export const MAINTENANCE_SCOPES = ['customer', 'site', 'gateway'] as const;

export const MaintenanceInput = z.object({
  title: name,
  reason,
  scope: z.enum(MAINTENANCE_SCOPES),
  scopeId: Id,
  timeZone,
  /** Local wall time in `timeZone`, so that a weekly window keeps its hour in summer time. */
  startsOn: z.iso.date(),
  startsAt: LocalTime,
  durationMinutes: z.int().min(1).max(44_640),
  recurrence: Recurrence.nullable().default(null),
});
export type MaintenanceInput = z.infer<typeof MaintenanceInput>;

export const MaintenanceWindow = MaintenanceInput.extend({
  id: Id,
  scopeName: z.string(),
  state: z.enum(HOLD_BACK_STATES),
  /** The current occurrence, or the next. */
  next: z.object({ from: Instant, to: Instant }).nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
}).meta({ id: 'MaintenanceWindow' });
export type MaintenanceWindow = z.infer<typeof MaintenanceWindow>;

/** Columns of the list of maintenance windows: each can be sorted by and exported. */
export const MAINTENANCE_COLUMNS = ['title', 'state', 'place', 'next', 'reason', 'by', 'added'] as const;
export type MaintenanceColumn = (typeof MAINTENANCE_COLUMNS)[number];

const filters = { ...search, state: someOf(HOLD_BACK_STATES), scope: someOf(MAINTENANCE_SCOPES), by: someNames };

/** Filters of maintenance windows of which the values are counted. */
export const MAINTENANCE_FACETS = ['state', 'scope', 'by'] as const;
export type MaintenanceFacet = (typeof MAINTENANCE_FACETS)[number];

export const maintenanceEndpoints = {
  listMaintenance: endpoint({
    id: 'listMaintenance',
    method: 'GET',
    path: '/api/v1/maintenance',
    permission: 'maintenance.read',
    summary: 'List maintenance windows',
    query: z.object({ ...filters, sort: sortedBy(MAINTENANCE_COLUMNS), ...paging }),
    response: list(MaintenanceWindow),
  }),
  getMaintenanceFacet: endpoint({
    id: 'getMaintenanceFacet',
    method: 'GET',
    path: '/api/v1/maintenance/facets',
    permission: 'maintenance.read',
    summary: 'Count maintenance windows by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(MAINTENANCE_FACETS) }),
    response: Facet,
  }),
  exportMaintenance: csvEndpoint({
    id: 'exportMaintenance',
    path: '/api/v1/maintenance/export',
    permission: 'maintenance.read',
    summary: 'Export the maintenance windows that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(MAINTENANCE_COLUMNS), columns: someOf(MAINTENANCE_COLUMNS) }),
  }),
  getMaintenanceCalendar: endpoint({
    id: 'getMaintenanceCalendar',
    method: 'GET',
    path: '/api/v1/maintenance-calendar',
    permission: 'maintenance.read',
    summary: 'List occurrences of maintenance windows in a range of at most 62 days',
    query: z.object({ from: Instant, to: Instant }),
    response: z.object({
      items: z.array(z.object({ windowId: Id, title: z.string(), scopeName: z.string(), from: Instant, to: Instant })),
    }),
  }),
  createMaintenance: endpoint({
    id: 'createMaintenance',
    method: 'POST',
    path: '/api/v1/maintenance',
    permission: 'maintenance.write',
    summary: 'Create a maintenance window: alerts in it are recorded but notify nobody',
    body: MaintenanceInput.extend({ confirm }),
    response: MaintenanceWindow,
    status: 201,
  }),
  updateMaintenance: endpoint({
    id: 'updateMaintenance',
    method: 'PUT',
    path: '/api/v1/maintenance/:windowId',
    permission: 'maintenance.write',
    summary: 'Update a maintenance window',
    params: z.object({ windowId: Id }),
    body: MaintenanceInput,
    response: MaintenanceWindow,
  }),
  endMaintenance: endpoint({
    id: 'endMaintenance',
    method: 'POST',
    path: '/api/v1/maintenance/:windowId/end',
    permission: 'maintenance.write',
    summary: 'End the current occurrence of a maintenance window, or the whole series',
    params: z.object({ windowId: Id }),
    body: z.object({ series: z.boolean().default(false) }),
    response: MaintenanceWindow,
  }),
} as const;
