import { query } from '../../lib/api/query.ts';

/** Which gateways send call records: all of them, or one. */
export const coverageQuery = (gatewayId?: string) =>
  query('getCallCoverage', gatewayId === undefined ? {} : { query: { gatewayId: [gatewayId] } });
