import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../..');
const IMPORT = /import (?:type )?\{([^}]*)\} from '([^']+\/features\/[^']+)'/g;
const REEXPORT = /export \{([^}]*)\} from '([^']+)'/g;

const isClient = (file: string) => /^\s*['"]use client['"]/.test(readFileSync(file, 'utf8'));
const names = (list: string) =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));

/** What a server component calls or reads: no component and no type. */
const isValue = (name: string) => /^[a-z]/.test(name) || /^[A-Z0-9_]+$/.test(name);

/** Values that the pages take from modules of the browser; the server gets a reference instead of the value then. */
function clientValues(page: string): string[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(IMPORT)].flatMap(([, list = '', from = '']) => {
    const index = resolve(dirname(page), from);
    const sources = [...readFileSync(index, 'utf8').matchAll(REEXPORT)].flatMap(([, exported = '', file = '']) =>
      names(exported).map((name) => [name, resolve(dirname(index), file)] as const),
    );
    const at = new Map(sources);
    return names(list).filter((name) => isValue(name) && isClient(at.get(name) ?? index));
  });
}

test('no page on the server calls what is in a module of the browser', () => {
  const pages = globSync('app/**/{page,layout}.tsx', { cwd: SRC }).map((file) => resolve(SRC, file));
  const onServer = pages.filter((file) => !isClient(file));
  expect(onServer.length).toBeGreaterThan(20);
  const found = onServer.flatMap((page) => clientValues(page).map((name) => `${page.slice(SRC.length + 1)}: ${name}`));
  expect(found).toEqual([]);
});
