export { AuditStreamsModule } from './audit-streams.module.ts';
