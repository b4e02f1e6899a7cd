export { DiallingModule } from './dialling.module.ts';
