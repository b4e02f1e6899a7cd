import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNREADABLE_CODES } from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkUpMessage } from './compiled.ts';
import { DOWN_KINDS, DownMessage } from './down-kinds.ts';
import { Presence } from './presence.ts';
import { topics } from './topics.ts';
import { kindsByDiskCode, UP_KIND_TABLE, UP_KINDS } from './up-kinds.ts';
import { UpMessage } from './up-message.ts';

/** Messages of every released protocol version. They are never edited: agents in the field still send them. */
const folder = join(import.meta.dirname, '../../fixtures/agent-v1');
const files = readdirSync(folder).sort();
const load = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const up = files.filter((file) => file.startsWith('up.'));

describe('messages of version 1 still parse', () => {
  test.for(up)('%s', (file) => {
    const message = load(file);
    expect(UpMessage.safeParse(message).error).toBeUndefined();
    expect(checkUpMessage(message)).toBeNull();
  });

  test.for(files.filter((file) => file.startsWith('down.')))('%s', (file) => {
    expect(DownMessage.safeParse(load(file)).error).toBeUndefined();
  });

  test.for(['presence.json', 'presence.stopping.json'])('%s', (file) => {
    expect(Presence.parse(load(file))).toEqual(load(file));
  });

  test('every kind has a golden file', () => {
    expect(up).toEqual(UP_KINDS.map((kind) => `up.${kind}.json`).sort());
    const down = files.filter((file) => file.startsWith('down.')).map((file) => file.split('.')[1]);
    expect(new Set(down)).toEqual(new Set(DOWN_KINDS));
  });
});

describe('the disk code of a message kind', () => {
  test('is the same as in every released agent, whose outbox is read after an update', () => {
    const released = [
      'reports',
      'unchanged',
      'health',
      'inventory',
      'reachability',
      'events',
      'gap',
      'action',
      'renew',
    ];
    expect(kindsByDiskCode(UP_KIND_TABLE).slice(0, released.length)).toEqual(released);
  });

  test.for([
    [1.5, /does not fit one byte/],
    [256, /does not fit one byte/],
    [UP_KIND_TABLE.gap.diskCode, /gap and toy both have disk code 6/],
  ] as const)('%d of a new kind is refused', ([diskCode, problem]) => {
    const toy = { body: z.object({}), lane: 'lasting', diskCode } as const;
    expect(() => kindsByDiskCode({ ...UP_KIND_TABLE, toy })).toThrow(problem);
  });
});

test('every reason why a gateway is not read passes, with its sentence, and no other code does', () => {
  const message = load('up.reachability.json') as { body: { code?: string } };
  for (const code of [...UNREADABLE_CODES, null, undefined]) {
    const coded = { ...message, body: { ...message.body, code } };
    expect(checkUpMessage(coded), String(code)).toBeNull();
    expect(UpMessage.safeParse(coded).success, String(code)).toBe(true);
  }
  expect(checkUpMessage({ ...message, body: { ...message.body, code: 'ping' } })).not.toBeNull();
});

describe('the compiled check', () => {
  test.for([
    ['another version', (m) => Object.assign(m, { v: 2 }), '/v'],
    ['an unknown kind', (m) => Object.assign(m, { kind: 'gossip' }), '/'],
    ['a sequence of zero', (m) => Object.assign(m, { seq: 0 }), '/seq'],
    ['a code outside the vocabulary', (m) => (m.body.reports[0].state.hook[0] = 7), '/body/reports/0/state/hook/0'],
    [
      'a voltage no line has',
      (m) => (m.body.reports[0].measures.lineVoltageV[0] = 5000),
      '/body/reports/0/measures/lineVoltageV/0',
    ],
    ['a time that is no time', (m) => (m.body.reports[0].at = 'yesterday'), '/body/reports/0/at'],
    ['no body', (m) => Reflect.deleteProperty(m, 'body'), '/'],
  ] as const satisfies readonly (readonly [string, (m: ReportsMessage) => unknown, string])[])(
    'refuses %s and names the place',
    ([, damage, path]) => {
      const message = load('up.reports.json') as ReportsMessage;
      damage(message);
      expect(checkUpMessage(message)?.path).toBe(path);
      expect(UpMessage.safeParse(message).success).toBe(false);
    },
  );

  test('never throws, and accepts nothing that the schema refuses', () => {
    const seeds = up.map(load);
    const damaged = fc
      .tuple(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 2 })), { minLength: 1, maxLength: 3 }),
      )
      .map(([seed, edits]) =>
        edits.reduce<unknown>((message, [place, value]) => replaceLeaf(message, place, value), seed),
      );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), damaged), (message) => {
        const compiled = checkUpMessage(message) === null;
        // In the hot path the database checks formats (UUID, e-mail), so the compiled check may accept more than the
        // schema.
        if (!compiled) expect(UpMessage.safeParse(message).success).toBe(false);
        else if (!UpMessage.safeParse(message).success)
          expect(JSON.stringify(UpMessage.safeParse(message).error)).toContain('invalid_format');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('topics', () => {
  const id = '0d9c5e0a-4f0e-4b7e-8a39-6a1f0c2d7e55';
  test.for([
    [topics.up(id), id],
    [topics.down(id), id],
    [`loopstart/v1/agents/${id}/up/more`, null],
    ['loopstart/v1/agents/+/up', null],
    [`other/v1/agents/${id}/up`, null],
  ] as const)('%s', ([topic, expected]) => {
    expect(topics.agentIdOf(topic)).toBe(expected);
  });
});

interface ReportsMessage {
  body: { reports: [{ at: unknown; state: { hook: number[] }; measures: { lineVoltageV: number[] } }] };
}

/** A copy of a JSON value with its `place`-th leaf (modulo their number) replaced. */
function replaceLeaf(value: unknown, place: number, by: unknown): unknown {
  const paths: (string | number)[][] = [];
  const collect = (node: unknown, path: (string | number)[]) => {
    if (node !== null && typeof node === 'object')
      for (const key of Object.keys(node)) collect((node as Record<string, unknown>)[key], [...path, key]);
    else paths.push(path);
  };
  collect(value, []);
  const path = paths[place % Math.max(paths.length, 1)];
  if (path === undefined || path.length === 0) return by;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  let node = copy;
  for (const key of path.slice(0, -1)) node = node[key] as Record<string | number, unknown>;
  node[path.at(-1)!] = by;
  return copy;
}
