import { handOver } from './bootstrap.mjs';

await handOver('demo-receiver.ts', process.argv.slice(2));
