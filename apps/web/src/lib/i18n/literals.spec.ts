import { globSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { findLiterals } from './find-literals.ts';

const SRC = resolve(import.meta.dirname, '../..');

/** Literals that look like a text and are none, or that are the same in every language, by file. */
const ALLOWED: Record<string, { why: string; texts: readonly string[] }> = {
  'features/profile/browser-name.ts': {
    why: 'names of browsers and systems',
    texts: ['Edge', 'Opera', 'Firefox', 'Chrome', 'Safari', 'Android', 'Windows', 'Linux'],
  },
  'app/layout.tsx': { why: 'the template of titles, and a value of CSS', texts: ['%s · Loopstart', 'light dark'] },
  'features/agents/targets/target-fields.tsx': {
    why: 'names of protocols',
    texts: ['SNMPv3', 'SNMPv2c', 'SNMPv1'],
  },
  'features/channels/channel-fields.tsx': {
    why: 'examples of addresses',
    texts: ['noc@example.net duty@example.net'],
  },
  'features/channels/ticket-fields.tsx': {
    why: 'examples of headers and queries, and methods of HTTP',
    texts: ['Basic …', 'clientId: …', 'PATCH', 'PUT', 'POST', 'id', '?externalId={{incident.dedupKey}}'],
  },
  'features/gateways/faceplate/layout.ts': {
    why: 'names of keys in keyboard events',
    texts: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'],
  },
  'features/tokens/made-view.tsx': {
    why: 'commands',
    texts: [
      "curl -H 'Authorization: Bearer …' …/api/v1/overview",
      'curl -u …:… -d grant_type=client_credentials …/oauth/token',
    ],
  },
  'lib/errors/unreachable.ts': {
    why: 'the message of an error for developers; people read that of lib/errors/sentences.ts',
    texts: ['The service could not be reached.', 'Unreachable'],
  },
  'lib/live/provider.tsx': { why: 'the type of a live event', texts: ['Series'] },
  'lib/preferences/preferences.tsx': { why: 'a cookie', texts: ['……=…; Path=/; Max-Age=…; SameSite=Lax'] },
  'lib/security/headers.ts': {
    why: 'a header',
    texts: ['camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  },
  'lib/upstream/forward.ts': {
    why: 'a line of the log, and an answer in the words of the API, which are English',
    texts: ['The API could not be reached: …', 'The service is starting or cannot be reached.'],
  },
  'ui/grid/grid-table.tsx': { why: 'a selector', texts: ['[data-index="…"] a, [data-index="…"] button'] },
  'ui/grid/use-grid-keys.ts': { why: 'the name of a key in keyboard events', texts: ['Enter'] },
  'ui/chart/options.ts': { why: 'a colour', texts: ['color-mix(in oklch, … 22%, transparent)'] },
};

const files = globSync('**/*.{ts,tsx}', { cwd: SRC })
  .filter((file) => !/\.spec\.|^messages\/|^lib\/i18n\//.test(file))
  .sort();

test('every text of the console comes from a catalogue', () => {
  const found = files.flatMap((file) =>
    findLiterals(file, readFileSync(resolve(SRC, file), 'utf8'))
      .filter(({ text }) => !ALLOWED[file]?.texts.includes(text))
      .map(({ line, text }) => `${relative(process.cwd(), resolve(SRC, file))}:${line} ${text}`),
  );
  expect(files.length).toBeGreaterThan(400);
  expect(found).toEqual([]);
});

test('every exception is still needed', () => {
  const unused = Object.entries(ALLOWED).flatMap(([file, { texts }]) => {
    const present = new Set(findLiterals(file, readFileSync(resolve(SRC, file), 'utf8')).map(({ text }) => text));
    return texts.filter((text) => !present.has(text)).map((text) => `${file}: ${text}`);
  });
  expect(unused).toEqual([]);
});

test.for([
  ['text between tags', '<p>Add an agent</p>', ['Add an agent']],
  ['text beside an expression', '<p>{n} ports</p>', ['ports']],
  ['one word in an expression', `<p>{n === 0 ? 'none' : n}</p>`, ['none']],
  ['a part of a sentence behind a condition', `<p>{by !== null && \`by \${by}\`}</p>`, ['by …']],
  ['a label', '<button aria-label="close" />', ['close']],
  ['a property of a component', `<Page title={wrong ? 'Not found' : name} />`, ['Not found']],
  ['a label in a table of values', `const WORDS = { up: { label: 'Up' } };`, ['Up']],
  ['a sentence of a function', 'const say = () => `Only ${bytes} are free.`;', ['Only … are free.']],
  ['what a catalogue gives', `<p title={t('empty')}>{t('found', { n })}</p>`, []],
  ['classes, addresses and names', `<a className="flex gap-2" href="/sites" rel="noreferrer" data-kind="x" />`, []],
  ['class names outside of JSX', `const BOX = 'rounded-md border bg-surface px-2';`, []],
  ['comparisons and states', `if (state === 'Not read') go({ state: 'open' });`, []],
] as const)('%s', ([, source, texts]) => {
  expect(findLiterals('planted.tsx', source).map(({ text }) => text)).toEqual(texts);
});
