import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, inRoot, run, runCommand } from './lib/process.ts';

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

/** Runs a step unless its inputs are unchanged and all of its outputs exist. */
async function step(name: string, inputs: string[], outputs: string[], work: () => Promise<void>): Promise<void> {
  const stamp = inRoot('.cache', `${name}.stamp`);
  const isThere = outputs.every((output) => existsSync(inRoot(output)));
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(inputs)) return;
  process.stdout.write(`Building ${name} …\n`);
  // An interrupted step leaves no stamp, so it runs again the next time.
  rmSync(stamp, { force: true });
  const started = fingerprint(inputs);
  await work();
  mkdirSync(inRoot('.cache'), { recursive: true });
  // An input that changed during the step is not in the output: the stamp then matches nothing.
  writeFileSync(stamp, started);
}

const SHARED = ['packages', 'package-lock.json', 'tsconfig.base.json'];

/** The folders of the TypeScript projects that tsc -b builds, from tsconfig.json; those of tests are only checked. */
const projects = (): string[] =>
  (JSON.parse(readFileSync(inRoot('tsconfig.json'), 'utf8')) as { references: { path: string }[] }).references
    .map(({ path }) => path)
    .filter((path) => !path.endsWith('.json'));

/** The outputs of each TypeScript project: its build information and its entry. */
const servicesOutputs = (): string[] =>
  projects().flatMap((project) => [
    join(project, 'dist', '.tsbuildinfo'),
    join(project, 'dist', project.startsWith('apps/') ? 'main.js' : 'index.js'),
  ]);

async function compile(): Promise<void> {
  // Build information without its output would make tsc skip the project.
  for (const project of projects()) {
    if (!servicesOutputs().some((output) => output.startsWith(project) && !existsSync(inRoot(output)))) continue;
    rmSync(inRoot(project, 'dist'), { recursive: true, force: true });
  }
  await run(bin('tsc'), ['-b'], { quiet: true });
}

/** Builds what is out of date: Prisma client, TypeScript projects, agent bundle, console. */
export async function build(options: { web: boolean; bundle: boolean } = { web: true, bundle: true }): Promise<void> {
  await step('database client', ['prisma/schema.prisma', 'package-lock.json'], ['apps/api/src/generated'], () =>
    run(process.execPath, [inRoot('scripts/prisma-generate.mjs')], { quiet: true }),
  );
  await step('services', [...SHARED, 'apps/api', 'apps/agent'], servicesOutputs(), compile);
  if (options.bundle) {
    const inputs = [...SHARED, 'apps/agent', 'infra/agent'];
    await step('agent bundle', inputs, ['apps/agent/dist/loopstart-agent.mjs'], () =>
      run(process.execPath, [inRoot('apps/agent/scripts/bundle-agent.mjs')], { quiet: true }),
    );
  }
  if (options.web) {
    await step('console', [...SHARED, 'apps/web'], ['apps/web/.next/standalone/apps/web/server.js'], async () => {
      await run(bin('next'), ['build', inRoot('apps/web')], { quiet: true, env: { NEXT_TELEMETRY_DISABLED: '1' } });
      await run(process.execPath, [inRoot('apps/web/scripts/prepare-standalone.mjs')], { quiet: true });
    });
  }
}

if (import.meta.main) await runCommand(() => build());
