import { handOver } from './bootstrap.mjs';

await handOver('release/sbom.ts', process.argv.slice(2));
