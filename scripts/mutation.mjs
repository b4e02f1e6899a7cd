import { handOver } from './bootstrap.mjs';

await handOver('mutation.ts', process.argv.slice(2));
