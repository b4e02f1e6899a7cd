import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * A fresh clone has no `dist`. Imports of a command before its build must therefore not need the packages of this
 * repository: those may only be imported with `await import(…)` after the build.
 */

/** Static imports of a file that exist at run time: `import type` and `import { type … }` leave nothing behind. */
function staticImports(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/^(?:import|export)\s+(?!type\b)(?:([^;]*?)\sfrom\s+)?'([^']+)';/gm)]
    .filter(([, names]) => names === undefined || !/^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names.trim()))
    .map(([, , from]) => from ?? '');
}

/** Everything that is loaded with a file, as `file → import`, where it names a package of this repository. */
function builtImports(entry: string, seen = new Set<string>()): string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  return staticImports(entry).flatMap((from) => {
    if (from.startsWith('@loopstart/') || from.includes('/dist/')) return [`${entry} → ${from}`];
    return from.startsWith('.') ? builtImports(join(dirname(entry), from), seen) : [];
  });
}

const here = import.meta.dirname;
const entries = readdirSync(here).filter((name) => /\.(ts|mjs)$/.test(name) && !name.endsWith('.spec.ts'));

describe('no command imports a built package before it builds', () => {
  test.for(entries)('%s', (entry) => {
    expect(builtImports(join(here, entry))).toEqual([]);
  });

  test('the search finds such an import', () => {
    expect(builtImports(join(here, 'stack', 'run-stack.ts')).join('\n')).toContain('@loopstart/contracts');
  });
});
