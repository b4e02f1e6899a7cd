export { RunbooksModule } from './runbooks.module.ts';
