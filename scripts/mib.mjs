import { handOver } from './bootstrap.mjs';

await handOver('mib.ts', process.argv.slice(2));
