import type { z } from 'zod';
import { listQuery, query } from '../../lib/api/query.ts';
import type { GatewayFilters } from './filters.schema.ts';

export const gatewayQuery = (gatewayId: string) => query('getGateway', { params: { gatewayId } });

export const gatewaysQuery = ({ sort: _, ...filters }: z.output<typeof GatewayFilters>) =>
  listQuery('listGateways', { query: filters });
