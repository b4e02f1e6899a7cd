import { query } from '../../lib/api/query.ts';

export const singleSignOnQuery = () => query('getSingleSignOn');
export const provisioningQuery = (connectionId: string) => query('getProvisioning', { params: { connectionId } });
