import { query } from '../../lib/api/query.ts';

export const entryQuery = (entryId: string) => query('getAuditEntry', { params: { entryId } });
