import { readFileSync } from 'node:fs';
import { VERSION } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { inRoot } from '../lib/process.ts';
import { readLockFile, workspacesOf } from './lock-file.ts';
import { noticesDocument, noticesOf } from './notices.ts';

const json = (path: string) =>
  JSON.parse(readFileSync(inRoot(path), 'utf8')) as { version: string; dependencies?: Record<string, string> };

describe('the version of the root package.json', () => {
  const { version } = json('package.json');

  test('is what API, agent, console and OpenAPI document show', () => {
    expect(VERSION).toBe(version);
  });

  test.for(workspacesOf(readLockFile()))('is that of %s and of what it takes of ours', (folder) => {
    const manifest = json(`${folder}/package.json`);
    const own = Object.entries(manifest.dependencies ?? {}).filter(([name]) => name.startsWith('@loopstart/'));
    expect([manifest.version, ...own.map(([, wanted]) => wanted)]).toEqual(Array(own.length + 1).fill(version));
  });

  test('has a heading in the change log', () => {
    expect(readFileSync(inRoot('CHANGELOG.md'), 'utf8')).toMatch(
      new RegExp(`^## \\[?${version.replaceAll('.', '\\.')}\\b`, 'm'),
    );
  });
});

describe('third-party notices', () => {
  test('are those of the lock file (npm run notices writes them)', () => {
    expect(readFileSync(inRoot('THIRD-PARTY-NOTICES.md'), 'utf8')).toBe(noticesDocument());
  });

  test('leave out what only develops Loopstart, and name a package once per version', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'apps/api/node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/b': { version: '2.0.0', license: 'ISC', dev: true },
      'apps/api': { version: '0.1.0', link: true },
    };
    expect(noticesOf(packages)).toEqual([{ name: 'a', version: '1.0.0', licence: 'MIT' }]);
  });

  test('refuse a package that names no licence', () => {
    expect(() => noticesOf({ 'node_modules/x': { version: '1.0.0' } })).toThrow('x 1.0.0 names no licence');
  });
});
