export { CustomerDialog } from './customer-dialog.tsx';
export { CustomerPage } from './customer-page.tsx';
export { CustomersPage } from './list/customers-page.tsx';
export { CUSTOMERS } from './list/list.ts';
export { customerQuery } from './queries.ts';
