export type { CanaryState } from './canary-state.ts';
export { Canary, OWN_OPERATOR } from './canary.ts';
export { Heartbeats } from './heartbeats.ts';
export { OperationsModule } from './operations.module.ts';
export { WatchdogModule } from './watchdog.module.ts';
export { Watchdog } from './watchdog.service.ts';
