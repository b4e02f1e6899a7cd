import { query } from '../../lib/api/query.ts';

export const libraryQuery = () => query('listLibrary');
export const sourcePoliciesQuery = () => query('listPolicies');
export const sourceRolesQuery = () => query('listRoles');
