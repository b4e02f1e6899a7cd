export { OwnPassword } from './own-password.ts';
export { SessionModule } from './session.module.ts';
