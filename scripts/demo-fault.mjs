import { handOver } from './bootstrap.mjs';

await handOver('demo-fault.ts', process.argv.slice(2));
