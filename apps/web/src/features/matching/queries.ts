import { query } from '../../lib/api/query.ts';

/** By name, for choosing and for sentences; these are answered whole. */
export const peopleQuery = () => query('listPeople');
export const channelsQuery = () => query('listChannels');
export const schedulesQuery = () => query('listSchedules');
