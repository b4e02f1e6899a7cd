/**
 * Carries the version of the root package.json to every workspace, to the lock file and to `VERSION` of the contracts,
 * which API, agent, console and OpenAPI document show. npm runs it in `npm version <version> --no-git-tag-version`,
 * so it needs nothing that is installed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

const OWN = '@loopstart/';
const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const writeJson = (path, value) => writeFileSync(join(root, path), `${JSON.stringify(value, null, 2)}\n`);

const { version } = readJson('package.json');

function carry(manifest) {
  manifest.version = version;
  for (const dependencies of [manifest.dependencies, manifest.devDependencies])
    for (const name of Object.keys(dependencies ?? {})) if (name.startsWith(OWN)) dependencies[name] = version;
}

const lock = readJson('package-lock.json');
const folders = Object.keys(lock.packages).filter((path) => path !== '' && !path.includes('node_modules/'));
lock.version = version;
lock.packages[''].version = version;
for (const folder of folders) {
  const path = `${folder}/package.json`;
  const manifest = readJson(path);
  carry(manifest);
  writeJson(path, manifest);
  carry(lock.packages[folder]);
}
writeJson('package-lock.json', lock);

const source = join(root, 'packages/contracts/src/version.ts');
writeFileSync(source, readFileSync(source, 'utf8').replace(/'[^']*'/, `'${version}'`));
process.stdout.write(`${version} in ${folders.length} workspaces, the lock file and the contracts\n`);
