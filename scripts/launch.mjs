import { handOver } from './bootstrap.mjs';

await handOver('start.ts', process.argv.slice(2));
