import type { MaintenanceWindow } from '@loopstart/contracts';
import { listQuery, query } from '../../lib/api/query.ts';

export const maintenanceQuery = (state?: MaintenanceWindow['state']) =>
  listQuery('listMaintenance', { query: { state } });

export const calendarQuery = (from: string, to: string) => query('getMaintenanceCalendar', { query: { from, to } });
