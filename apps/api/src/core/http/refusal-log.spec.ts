import { ERROR_CODES, type ErrorCode } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import type { Caller } from './implements.ts';
import { RefusalLog } from './refusal-log.ts';

const FACTS = { route: 'PATCH /api/v1/sites/:siteId', requestId: 'r1', address: '192.0.2.1' };
const PERSON = { kind: 'person', operatorId: 'o1', userId: 'u1', email: 'ada@example.com' } as Caller;
const PROGRAM = { kind: 'token', operatorId: 'o1', userId: null, tokenId: 't1', ownerId: 'u1' } as Caller;

function noted(...refused: { code: ErrorCode; caller?: Caller; atMs?: number }[]): object[] {
  const lines: object[] = [];
  let now = 0;
  const log = new RefusalLog({ warn: (fields: object) => lines.push(fields) } as never, () => now);
  for (const { code, caller, atMs = 0 } of refused) {
    now = atMs;
    log.note({ ...FACTS, code, caller });
  }
  return lines;
}

test.for([
  ['a person', PERSON, { operatorId: 'o1', userId: 'u1' }],
  ['a token', PROGRAM, { operatorId: 'o1', tokenId: 't1' }],
  ['nobody who is known', undefined, {}],
] as const)('a refusal is written down with who was refused what: %s', ([, caller, by]) =>
  expect(noted({ code: 'not-allowed', ...(caller && { caller }) })).toEqual([{ code: 'not-allowed', ...FACTS, ...by }]),
);

test('refused input and limits are, and what was only not there is not', () => {
  const codes = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => noted({ code }).length > 0);
  expect(codes).toEqual(expect.arrayContaining(['invalid-input', 'too-many-requests', 'csrf-refused', 'not-allowed']));
  for (const code of ['not-found', 'not-signed-in', 'internal', 'already-exists'] as const)
    expect(codes).not.toContain(code);
});

test('who is refused without end writes ten lines a minute, and hides nobody else', () => {
  const flood = Array.from({ length: 50 }, () => ({ code: 'invalid-input' as const, caller: PERSON }));
  expect(noted(...flood)).toHaveLength(10);
  expect(noted(...flood, { code: 'not-allowed', caller: PROGRAM })).toHaveLength(11);
});
