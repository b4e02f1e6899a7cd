export { AlertStore } from './alert.store.ts';
export { AlertingModule } from './alerting.module.ts';
export { callsOver } from './facts/calls.ts';
export { HandOverRepository } from './hand-over.repository.ts';
export { PolicyPort } from './policy-port.ts';
