import { query } from '../../lib/api/query.ts';

/** The operator for which the signed-in person works. */
export const organisationQuery = () => query('getOrganisation');
