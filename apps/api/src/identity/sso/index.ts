export { SsoModule } from './sso.module.ts';
