import { SEVERITIES } from '@loopstart/domain';
import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { name } from './input-fields.ts';
import { Facet, list, paging, search, someOf, sortedBy } from './list.ts';
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

/** Columns of the list of customers: each can be sorted by and exported. */
export const CUSTOMER_COLUMNS = ['name', 'worst', 'ports', 'sites', 'gateways'] as const;
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

const filters = { ...search, worst: someOf(SEVERITIES) };

/** Filters of customers of which the values are counted. */
export const CUSTOMER_FACETS = ['worst'] as const;
export type CustomerFacet = (typeof CUSTOMER_FACETS)[number];

export const customerEndpoints = {
  listCustomers: endpoint({
    id: 'listCustomers',
    method: 'GET',
    path: '/api/v1/customers',
    permission: 'customers.read',
    summary: 'List customers',
    query: z.object({ ...filters, sort: sortedBy(CUSTOMER_COLUMNS), ...paging }),
    response: list(Customer),
  }),
  getCustomerFacet: endpoint({
    id: 'getCustomerFacet',
    method: 'GET',
    path: '/api/v1/customers/facets',
    permission: 'customers.read',
    summary: 'Count customers by the values of one filter',
    query: z.object({ ...filters, facet: z.enum(CUSTOMER_FACETS) }),
    response: Facet,
  }),
  exportCustomers: csvEndpoint({
    id: 'exportCustomers',
    path: '/api/v1/customers/export',
    permission: 'customers.read',
    summary: 'Export the customers that match as CSV',
    query: z.object({ ...filters, sort: sortedBy(CUSTOMER_COLUMNS), columns: someOf(CUSTOMER_COLUMNS) }),
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
