export { RunningModule } from './running.module.ts';
