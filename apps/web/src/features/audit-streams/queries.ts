import { query } from '../../lib/api/query.ts';

export const streamsQuery = () => query('listAuditStreams');
