import { query } from '../../lib/api/query.ts';

/** The operators in which the signed-in person is a member. */
export const ownOperatorsQuery = () => query('listOwnOperators');

/** The browsers in which the person is signed in. */
export const ownSessionsQuery = () => query('listOwnSessions');
