import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, inRoot, run } from './lib/process.ts';

const SKIP = new Set(['node_modules', 'dist', '.next', 'generated', '.data', 'bench', 'next-env.d.ts']);

/** A hash over names, sizes and times of all files below some folders: changes when any of them does. */
function fingerprint(paths: string[]): string {
  const hash = createHash('sha256');
  const visit = (path: string) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\0`);
      return;
    }
    for (const name of readdirSync(path).sort()) if (!SKIP.has(name)) visit(join(path, name));
  };
  for (const path of paths) visit(inRoot(path));
  return hash.digest('hex');
}

/** Runs a step unless its inputs are as they were and its output is there. */
async function step(name: string, inputs: string[], output: string, work: () => Promise<void>): Promise<void> {
  const stamp = inRoot('.cache', `${name}.stamp`);
  const now = fingerprint(inputs);
  if (existsSync(stamp) && existsSync(inRoot(output)) && readFileSync(stamp, 'utf8') === now) return;
  process.stdout.write(`Building ${name} …\n`);
  await work();
  mkdirSync(inRoot('.cache'), { recursive: true });
  writeFileSync(stamp, fingerprint(inputs));
}

const shared = ['packages', 'package-lock.json', 'tsconfig.base.json'];

/** Builds what is out of date: Prisma client, TypeScript projects, agent bundle, console. */
export async function build(options: { web: boolean; bundle: boolean } = { web: true, bundle: true }): Promise<void> {
  await step('database client', ['prisma/schema.prisma', 'package-lock.json'], 'apps/api/src/generated', () =>
    run(process.execPath, [inRoot('scripts/prisma-generate.mjs')], { quiet: true }),
  );
  await step('services', [...shared, 'apps/api', 'apps/agent'], 'apps/api/dist/main.js', () =>
    run(bin('tsc'), ['-b'], { quiet: true }),
  );
  if (options.bundle) {
    await step('agent bundle', [...shared, 'apps/agent', 'infra/agent'], 'apps/agent/dist/loopstart-agent.mjs', () =>
      run(process.execPath, [inRoot('apps/agent/scripts/bundle-agent.mjs')], { quiet: true }),
    );
  }
  if (options.web) {
    await step('console', [...shared, 'apps/web'], 'apps/web/.next/standalone/apps/web/server.js', async () => {
      await run(bin('next'), ['build', inRoot('apps/web')], { quiet: true, env: { NEXT_TELEMETRY_DISABLED: '1' } });
      await run(process.execPath, [inRoot('apps/web/scripts/prepare-standalone.mjs')], { quiet: true });
    });
  }
}

if (import.meta.main) {
  try {
    await build();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
