import type { z } from 'zod';
import { listQuery, query } from '../../lib/api/query.ts';
import type { GatewayFilters } from './filters.schema.ts';

export const gatewayQuery = (gatewayId: string) => query('getGateway', { params: { gatewayId } });

/** The order of rows is the table's own affair and not asked of the API. */
export const gatewaysQuery = (filters: z.output<typeof GatewayFilters>) =>
  listQuery('listGateways', { query: { ...filters, sort: undefined } as Omit<typeof filters, 'sort'> });
