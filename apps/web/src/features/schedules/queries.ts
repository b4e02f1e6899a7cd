import { query } from '../../lib/api/query.ts';

export const shiftsQuery = (scheduleId: string, from: string, to: string) =>
  query('getShifts', { params: { scheduleId }, query: { from, to } });
