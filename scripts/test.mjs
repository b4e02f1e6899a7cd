import { handOver } from './bootstrap.mjs';

await handOver('test.ts', process.argv.slice(2));
