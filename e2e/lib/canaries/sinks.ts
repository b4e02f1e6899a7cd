import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type pg from 'pg';
import { inRoot } from '../../../scripts/lib/process.ts';

/** Something that is searched, by where it is. */
export type Pieces = { at: string; content: Buffer | string }[];

/** Every file below a folder. */
export function filesBelow(folder: string): Pieces {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .map((file) => ({ at: file, content: readFileSync(file) }));
}

/** Every row of every table and materialised view, as JSON; binary values are in hex. Queues are tables, too. */
export async function databaseDump(database: pg.Client): Promise<Pieces> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'm') and not c.relispartition and n.nspname !~ '^(pg_|information_schema)' order by 1`,
  );
  const dump: Pieces = [];
  for (const { name } of tables) {
    const { rows } = await database.query<{ text: string | null }>(
      `select string_agg(row_to_json(t)::text, E'\\n') as text from ${name} t`,
    );
    dump.push({ at: name, content: rows[0]?.text ?? '' });
  }
  return dump;
}

/** A backup by the command of the API, and what it leaves in its folder of temporary files; packed files are unpacked. */
export function backupOf(folder: string, env: NodeJS.ProcessEnv): Pieces {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const cli = (args: string[]) =>
    execFileSync(process.execPath, [inRoot('apps/api/dist/cli/backup.js'), ...args], {
      env: { PATH: process.env['PATH'], TMPDIR: temporary, ...env },
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const recipient = cli(['--new-identity', join(folder, 'identity')]).trim();
  const said = cli([join(folder, 'backup'), '--recipient', recipient]);
  const isPacked = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;
  const files = [...filesBelow(join(folder, 'backup')), ...filesBelow(temporary)].flatMap(({ at, content }) => {
    const bytes = Buffer.from(content);
    return [
      { at, content: bytes },
      ...(isPacked(bytes) ? [{ at: `${at}, unpacked`, content: gunzipSync(bytes) }] : []),
    ];
  });
  return [...files, { at: 'output of the command', content: said }];
}

/** Command lines of a process and all below it; the environment of those that have no use for secrets of the API. */
export function processesBelow(root: number): Pieces {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/u.test(one))) {
    const stat = read(`/proc/${name}/stat`);
    const parent = /^\d+ \(.*\) \S (\d+)/su.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && isBelow(parents.get(pid)!));
  return [...parents.keys()].filter(isBelow).flatMap((pid) => {
    const line = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
    return [
      { at: `command line of ${line.slice(0, 120)}`, content: line },
      ...(/standalone|apps\/agent/u.test(line)
        ? [{ at: `environment of ${line.slice(0, 120)}`, content: read(`/proc/${pid}/environ`) }]
        : []),
    ];
  });
}

/** A process that has ended meanwhile has nothing to read. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** Pages of the console that need nothing in their address, from the folders of its routes. */
export function pagePaths(): string[] {
  const app = inRoot('apps/web/src/app');
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('page.tsx') && !file.includes('['))
    .map((file) => `/${file.replace(/\/?page\.tsx$/u, '').replaceAll(/\([^)]*\)\/?/gu, '')}`.replace(/(?<=.)\/$/u, ''));
}
