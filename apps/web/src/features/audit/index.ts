export { AuditLink } from './audit-link.tsx';
export { AuditPage } from './audit-page.tsx';
export { AuditEntryPage } from './entry-page.tsx';
export { AUDIT } from './list.ts';
export { entryQuery } from './queries.ts';
