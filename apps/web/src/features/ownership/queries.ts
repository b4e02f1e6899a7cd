import { query } from '../../lib/api/query.ts';

export const publishedPoliciesQuery = () => query('listPublishedPolicies');
export const publishedRolesQuery = () => query('listPublishedRoles');
