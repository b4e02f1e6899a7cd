export { Partitions, retentionMs } from './partitions.service.ts';
export { RollupModule } from './rollup.module.ts';
