import { handOver } from './bootstrap.mjs';

await handOver('release/notices.ts', process.argv.slice(2));
