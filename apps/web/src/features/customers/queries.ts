import { listQuery, query } from '../../lib/api/query.ts';

export const customersQuery = (q?: string) => listQuery('listCustomers', { query: { q } });

export const customerQuery = (customerId: string) => query('getCustomer', { params: { customerId } });
