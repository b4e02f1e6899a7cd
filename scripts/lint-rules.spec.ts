import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, root } from './lib/process.ts';
import { sourceFiles } from './structure/files.ts';
import { circles } from './structure/graph.ts';
import { importGraphs } from './structure/imports.ts';
import { readSyntax } from './structure/syntax.ts';

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
    'a page reads past what the server rendered',
    'apps/web/src/planted-v.ts',
    "import { useQuery } from '@tanstack/react-query';\nexport const x = useQuery;\n",
    'no-restricted-imports',
  ],
  [
    'the MIB imports the protocol',
    'packages/mib/src/planted-u.ts',
    "import { SnmpResponder } from '@loopstart/snmp';\nexport const x = SnmpResponder;\n",
    'no-restricted-imports',
  ],
  [
    'a driver opens a socket',
    'packages/drivers/src/planted-e.ts',
    "import { createSocket } from 'node:dgram';\nexport const x = createSocket;\n",
    'no-restricted-imports',
  ],
  [
    'a reader of call records opens a socket',
    'packages/call-records/src/planted-u.ts',
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
  [
    'two files import types of each other',
    'packages/domain/src/planted-i.ts',
    "import type { B } from './planted-j.ts';\nexport type A = B | null;\n",
    'no-cycle',
  ],
  [
    'the other way round',
    'packages/domain/src/planted-j.ts',
    "import type { A } from './planted-i.ts';\nexport type B = A[];\n",
    'no-cycle',
  ],
  [
    'a room of the API reaches past the index of another',
    'apps/api/src/agents/planted-a/planted-k.ts',
    "import { target } from '../planted-b/target.ts';\nexport const x = target;\n",
    'by its index.ts',
  ],
  [
    'a grouped room of the API reaches past the index of another',
    'apps/api/src/alerting/hold-backs/planted-c/planted-l.ts',
    "import { target } from '../../../agents/planted-b/target.ts';\nexport const x = target;\n",
    'by its index.ts',
  ],
  [
    'an import of the API runs back up',
    'apps/api/src/agents/planted-a/planted-m.ts',
    "import { target } from '../../fleet/planted-d/index.ts';\nexport const x = target;\n",
    'No import runs back up',
  ],
  [
    'an import runs from the first floor to the top',
    'apps/api/src/telemetry/planted-e/planted-n.ts',
    "import { target } from '../../fleet/planted-d/index.ts';\nexport const x = target;\n",
    'No import runs back up',
  ],
  [
    'the fleet imports the configuration of gateways',
    'apps/api/src/fleet/planted-d/planted-x.ts',
    "import { target } from '../../configuration/planted-h/index.ts';\nexport const x = target;\n",
    'No import runs back up',
  ],
  [
    'the core imports a room',
    'apps/api/src/core/planted-o.ts',
    "import { target } from '../fleet/planted-d/index.ts';\nexport const x = target;\n",
    'core/ is the ground floor',
  ],
  [
    'a room imports what assembles the rooms',
    'apps/api/src/agents/planted-a/planted-p.ts',
    "import { target } from '../../planted-target.ts';\nexport const x = target;\n",
    'assembles the rooms',
  ],
  [
    'a controller imports the database',
    'apps/api/src/agents/planted-a/planted-q.controller.ts',
    "import { Database } from '../../core/db/database.ts';\nexport const x = Database;\n",
    'no-restricted-imports',
  ],
  [
    'a controller imports the driver of the database',
    'apps/api/src/agents/planted-a/planted-r.controller.ts',
    "import { Pool } from 'pg';\nexport const x = Pool;\n",
    'no-restricted-imports',
  ],
  [
    'a service imports Prisma',
    'apps/api/src/agents/planted-a/planted-s.service.ts',
    "import { PrismaClient } from '../../generated/prisma/client.ts';\nexport const x = PrismaClient;\n",
    'no-restricted-imports',
  ],
  [
    'a service names a transaction of Prisma',
    'apps/api/src/agents/planted-a/planted-t.service.ts',
    "import type { PrismaTx } from '../../core/db/database.ts';\nexport type X = PrismaTx;\n",
    'no-restricted-imports',
  ],
  [
    'the API imports the decoders of the drivers',
    'apps/api/src/agents/planted-a/planted-u.ts',
    "import { drivers } from '@loopstart/drivers';\nexport const x = drivers;\n",
    'no-restricted-imports',
  ],
  [
    'a repository imports the decoders of the drivers',
    'apps/api/src/agents/planted-a/planted-v.repository.ts',
    "import { drivers } from '@loopstart/drivers';\nexport const x = drivers;\n",
    'no-restricted-imports',
  ],
  [
    'MQTT outside the broker',
    'apps/api/src/agents/planted-a/planted-w.ts',
    "import { connect } from 'mqtt';\nexport const x = connect;\n",
    'no-restricted-imports',
  ],
] as const;

const TARGET = 'export const target = 1;\n';
/** What the planted files import, and two rooms that import each other by their index.ts, as the linter allows. */
const TARGETS = [
  ['apps/api/src/planted-target.ts', TARGET],
  ['apps/api/src/agents/planted-b/target.ts', TARGET],
  ['apps/api/src/fleet/planted-d/index.ts', TARGET],
  ['apps/api/src/configuration/planted-h/index.ts', TARGET],
  ['apps/api/src/alerting/planted-f/index.ts', "export { type G } from '../planted-g/index.ts';\nexport type F = 1;\n"],
  ['apps/api/src/alerting/planted-g/index.ts', "export { type F } from '../planted-f/index.ts';\nexport type G = 1;\n"],
] as const;

const innerRooms = () => {
  const files = sourceFiles(root).filter(({ path }) => path.startsWith('apps/api/src/'));
  return importGraphs(root, new Map(files.map((file) => [file, readSyntax(file)]))).innerRooms;
};

describe('the linter holds the arrows', () => {
  let output = '';
  let circlesOfRooms: string[][] = [];

  beforeAll(() => {
    for (const [file, text] of [...PLANTED.map(([, path, text]) => [path, text] as const), ...TARGETS]) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    circlesOfRooms = circles(innerRooms());
    try {
      output = execFileSync(bin('oxlint'), ['--format=unix', ...PLANTED.map(([, file]) => file)], {
        cwd: root,
        encoding: 'utf8',
      });
    } catch (error) {
      output = (error as { stdout: string }).stdout;
    }
  }, 60_000);

  afterAll(() => {
    const files = [...PLANTED.map(([, path]) => path), ...TARGETS.map(([path]) => path)];
    for (const file of files) rmSync(join(root, file), { force: true });
    const folders = new Set(files.map((file) => dirname(file)).filter((folder) => folder.includes('/planted-')));
    for (const folder of folders) rmSync(join(root, folder), { recursive: true });
  });

  test.for(PLANTED)('%s', ([, file, , rule]) => {
    const lines = output.split('\n').filter((line) => line.includes(file));
    expect(lines.join('\n')).toContain(rule);
  });

  test('no two rooms of the API import each other, but the planted ones', () => {
    expect(circlesOfRooms).toEqual([['alerting/planted-f', 'alerting/planted-g']]);
  });
});
