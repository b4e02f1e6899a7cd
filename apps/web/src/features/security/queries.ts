import { query } from '../../lib/api/query.ts';

export const signInPolicyQuery = () => query('getSignInPolicy');
