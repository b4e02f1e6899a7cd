import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot, root } from '../lib/process.ts';

/**
 * Writes the software bill of materials (CycloneDX 1.5): `npm run sbom`, `-- --dev` with what develops and tests
 * Loopstart, `-- --output FILE` to another place than dist/. Made by npm from the lock file: no network.
 */
const { values } = parseArgs({
  options: {
    output: { type: 'string', default: inRoot('dist', 'loopstart.cdx.json') },
    dev: { type: 'boolean', default: false },
  },
});

interface Component {
  name: string;
  externalReferences?: unknown[];
}

const made = execFileSync(
  'npm',
  ['sbom', '--offline', '--package-lock-only', '--sbom-format=cyclonedx', ...(values.dev ? [] : ['--omit=dev'])],
  { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
);
const bom = JSON.parse(made) as { metadata: { component: Component }; components: Component[] };
// npm names the root after its folder, and may contain the download address of a package.
bom.metadata.component.name = 'loopstart';
for (const component of [bom.metadata.component, ...bom.components]) delete component.externalReferences;

const output = resolve(values.output);
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, `${JSON.stringify(bom, null, 2)}\n`);
process.stdout.write(`${bom.components.length} components in ${output}\n`);
