export { AuditModule } from './audit.module.ts';
export { type AuditEntry, AuditRepository } from './audit.repository.ts';
export { ChainRepository } from './chain/chain.repository.ts';
export { former } from './former.ts';
export { type By, type Changed, Changes } from './changes.ts';
export { sentencesOf, verifyAuditFile } from './chain/verify-file.ts';
export { SecretReads } from './secret-reads.ts';
export { OwnAccounts } from './own-account.ts';
