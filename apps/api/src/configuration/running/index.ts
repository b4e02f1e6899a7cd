export { DriftRepository } from './drift.repository.ts';
export { RunningModule } from './running.module.ts';
export { RunningRepository } from './running.repository.ts';
export { Texts } from './texts.service.ts';
