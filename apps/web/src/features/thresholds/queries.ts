import { query } from '../../lib/api/query.ts';

export const conditionsQuery = () => query('listConditions');

export const effectiveQuery = (gatewayId: string, position?: number) =>
  query('getEffectiveThresholds', { query: { gatewayId, position } });
