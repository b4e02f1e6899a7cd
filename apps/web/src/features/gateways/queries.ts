import { query } from '../../lib/api/query.ts';

export const gatewayQuery = (gatewayId: string) => query('getGateway', { params: { gatewayId } });
