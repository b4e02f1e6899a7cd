import { query } from '../../lib/api/query.ts';

export const operatorsQuery = () => query('listProviderOperators');
export const trailQuery = () => query('getProviderTrail');
export const usageQuery = () => query('getUsage');
export const deletionQuery = () => query('getOperatorDeletion');
