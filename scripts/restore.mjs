import { handOver } from './bootstrap.mjs';

await handOver('backup.ts', ['restore', ...process.argv.slice(2)]);
