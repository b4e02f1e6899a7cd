export { DesiredStateModule } from './desired-state.module.ts';
