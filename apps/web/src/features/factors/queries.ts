import { query } from '../../lib/api/query.ts';

export const ownFactorsQuery = () => query('listOwnFactors');
