/**
 * Prepares a working copy after a pull: links new packages, and generates the Prisma client. Generating needs no schema
 * engine, which Prisma would otherwise download.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkWorkspaces } from './lib/link-workspaces.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
linkWorkspaces(root);
const { status } = spawnSync(join(root, 'node_modules', '.bin', 'prisma'), ['generate'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
    ...process.env,
  },
});
process.exitCode = status ?? 1;
