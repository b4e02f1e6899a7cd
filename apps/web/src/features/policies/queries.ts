import { query } from '../../lib/api/query.ts';

export const policiesQuery = () => query('listPolicies');
export const policyQuery = (policyId: string) => query('getPolicy', { params: { policyId } });
