import { query } from '../../lib/api/query.ts';

export const driversQuery = () => query('listDrivers');
