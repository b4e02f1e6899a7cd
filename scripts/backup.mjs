import { handOver } from './bootstrap.mjs';

await handOver('backup.ts', ['backup', ...process.argv.slice(2)]);
