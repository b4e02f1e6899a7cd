import { globSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import { expect, test } from 'vitest';
import { type Messages, pseudoMessages } from '../lib/i18n/pseudo.ts';

const SRC = resolve(import.meta.dirname, '..');
const AREAS = globSync('*.ts', { cwd: resolve(import.meta.dirname, 'en') })
  .map((file) => basename(file, '.ts'))
  .sort();

async function catalogue(area: string): Promise<Messages> {
  const exported: Record<string, Messages> = await import(`./en/${area}.ts`);
  const [messages] = Object.values(exported);
  if (messages === undefined) throw new Error(`${area} exports nothing`);
  return messages;
}

const flat = (messages: Messages): string[] =>
  Object.values(messages).flatMap((value) => (typeof value === 'string' ? [value] : flat(value)));

const SOURCES = globSync('**/*.{ts,tsx}', { cwd: SRC })
  .filter((file) => !file.startsWith('messages/'))
  .map((file) => readFileSync(resolve(SRC, file), 'utf8'));

test.for(AREAS)('the catalogue of %s can be read, also in the pseudo-locale', async (area) => {
  const messages = await catalogue(area);
  for (const message of [...flat(messages), ...flat(pseudoMessages(messages))])
    expect(() => parse(message), message).not.toThrow();
});

test.for(AREAS)('every message of %s is used', async (area) => {
  const users = SOURCES.filter((source) => source.includes(`messages/${area}.ts'`)).join('\n');
  const unused = Object.keys(await catalogue(area)).filter(
    // By its key, or as a group whose member is chosen: `tie.${kind}`.
    (key) => !users.includes(`'${key}'`) && !users.includes(`\`${key}.\${`),
  );
  expect(unused).toEqual([]);
});
