import { query } from '../../lib/api/query.ts';

export const calendarQuery = (from: string, to: string) => query('getMaintenanceCalendar', { query: { from, to } });
