import { SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { name } from './input-fields.ts';
import { list, paging, search } from './list.ts';
import { customer } from './params.ts';
import { PortCounts } from './ports.ts';

export const CustomerInput = z.object({ name, notes: z.string().max(2000).default('') });

export const Customer = z
  .object({
    id: Id,
    name: z.string(),
    notes: z.string(),
    siteCount: z.int(),
    gatewayCount: z.int(),
    ports: PortCounts,
    worst: z.enum(SEVERITIES),
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof Customer>;

export const customerEndpoints = {
  listCustomers: endpoint({
    id: 'listCustomers',
    method: 'GET',
    path: '/api/v1/customers',
    permission: 'customers.read',
    summary: 'List customers',
    query: z.object({ ...search, ...paging }),
    response: list(Customer),
  }),
  createCustomer: endpoint({
    id: 'createCustomer',
    method: 'POST',
    path: '/api/v1/customers',
    permission: 'customers.write',
    summary: 'Create a customer',
    body: CustomerInput,
    response: Customer,
    status: 201,
  }),
  getCustomer: endpoint({
    id: 'getCustomer',
    method: 'GET',
    path: '/api/v1/customers/:customerId',
    permission: 'customers.read',
    summary: 'Get a customer',
    params: customer,
    response: Customer,
  }),
  updateCustomer: endpoint({
    id: 'updateCustomer',
    method: 'PATCH',
    path: '/api/v1/customers/:customerId',
    permission: 'customers.write',
    summary: 'Update a customer',
    params: customer,
    body: z.object({ name: CustomerInput.shape.name, notes: z.string().max(2000) }).partial(),
    response: Customer,
  }),
  deleteCustomer: endpoint({
    id: 'deleteCustomer',
    method: 'DELETE',
    path: '/api/v1/customers/:customerId',
    permission: 'customers.delete',
    summary: 'Delete a customer that has no sites',
    params: customer,
  }),
} as const;
