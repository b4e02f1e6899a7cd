import { handOver } from './bootstrap.mjs';

await handOver('dev.ts', process.argv.slice(2));
