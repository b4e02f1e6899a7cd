import { listQuery, query } from '../../lib/api/query.ts';

export const customersQuery = (q?: string) => listQuery('listCustomers', { query: { q } });

/** Every customer, for choosing one. An MSP has hundreds; the largest page holds them. */
export const customerChoicesQuery = () => query('listCustomers', { query: { limit: 500 } });

export const customerQuery = (customerId: string) => query('getCustomer', { params: { customerId } });
