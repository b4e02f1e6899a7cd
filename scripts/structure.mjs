import { handOver } from './bootstrap.mjs';

await handOver('structure.ts', process.argv.slice(2));
