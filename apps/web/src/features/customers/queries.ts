import { query } from '../../lib/api/query.ts';

export const customerQuery = (customerId: string) => query('getCustomer', { params: { customerId } });
