export { AuditModule } from './audit.module.ts';
export { type AuditEntry, AuditService } from './audit.repository.ts';
