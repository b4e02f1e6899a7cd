export { ConnectionRepository, type ConnectionRow } from './connection.repository.ts';
export { DomainRepository } from './domains/domain.repository.ts';
export { NewcomerRepository } from './newcomer.repository.ts';
export { RoleUpdate } from './role-update.ts';
export { SsoModule } from './sso.module.ts';
