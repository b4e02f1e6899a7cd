import { query } from '../../lib/api/query.ts';

export const rolesQuery = () => query('listRoles');
