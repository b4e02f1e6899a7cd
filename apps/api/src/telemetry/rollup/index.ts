export { CALLS_LATE_MAX_MS, Partitions, retentionMs } from './partitions.service.ts';
export { RollupModule } from './rollup.module.ts';
