import { handOver } from './bootstrap.mjs';

await handOver('build.ts', process.argv.slice(2));
