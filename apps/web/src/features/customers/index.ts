export { CustomerDialog } from './customer-dialog.tsx';
export { CustomerPage } from './customer-page.tsx';
export { CustomersPage } from './customers-page.tsx';
export { customerQuery, customersQuery } from './queries.ts';
export { CustomerFilters } from './filters.schema.ts';
export { CUSTOMER_COLUMNS } from './columns.tsx';
