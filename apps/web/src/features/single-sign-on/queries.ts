import { query } from '../../lib/api/query.ts';

export const singleSignOnQuery = () => query('getSingleSignOn');
