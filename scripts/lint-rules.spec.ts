import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, root } from './lib/process.ts';

/** A file that breaks one rule of who may import whom, and the rule that must catch it. */
const PLANTED = [
  [
    'domain imports a package',
    'packages/domain/src/planted-a.ts',
    "import { z } from '@loopstart/contracts';\nexport const x = z;\n",
    'no-restricted-imports',
  ],
  [
    'domain reads the clock',
    'packages/domain/src/planted-b.ts',
    'export const x = () => Date.now();\n',
    'no-restricted-globals',
  ],
  [
    'contracts import drivers',
    'packages/contracts/src/planted-c.ts',
    "import { drivers } from '@loopstart/drivers';\nexport const x = drivers;\n",
    'no-restricted-imports',
  ],
  [
    'the protocol imports a package of ours',
    'packages/snmp/src/planted-d.ts',
    "import { z } from '@loopstart/contracts';\nexport const x = z;\n",
    'no-restricted-imports',
  ],
  [
    'a driver opens a socket',
    'packages/drivers/src/planted-e.ts',
    "import { createSocket } from 'node:dgram';\nexport const x = createSocket;\n",
    'no-restricted-imports',
  ],
  [
    'the console imports drivers',
    'apps/web/src/planted-f.ts',
    "import { drivers } from '@loopstart/drivers';\nexport const x = drivers;\n",
    'no-restricted-imports',
  ],
  [
    'the console imports the api',
    'apps/web/src/planted-g.ts',
    "import { target } from '../../api/src/planted-target.ts';\nexport const x = target;\n",
    'boundaries',
  ],
  [
    'the agent imports a server part',
    'apps/agent/src/planted-h.ts',
    "import { Pool } from 'pg';\nexport const x = Pool;\n",
    'no-restricted-imports',
  ],
] as const;

describe('the linter holds the arrows', () => {
  const target = join(root, 'apps/api/src/planted-target.ts');
  let output = '';

  beforeAll(() => {
    for (const [, file, text] of PLANTED) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    writeFileSync(target, 'export const target = 1;\n');
    try {
      output = execFileSync(bin('oxlint'), ['--format=unix', ...PLANTED.map(([, file]) => file)], {
        cwd: root,
        encoding: 'utf8',
      });
    } catch (error) {
      output = (error as { stdout: string }).stdout;
    }
  });

  afterAll(() => {
    for (const file of [...PLANTED.map(([, path]) => join(root, path)), target]) rmSync(file, { force: true });
  });

  test.for(PLANTED)('%s', ([, file, , rule]) => {
    const lines = output.split('\n').filter((line) => line.includes(file));
    expect(lines.join('\n')).toContain(rule);
  });
});
