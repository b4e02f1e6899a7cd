import { describe, expect, test } from 'vitest';
import { graveKeys } from '../../configuration/index.ts';
import type { ConfigurationFacts } from '../types.ts';
import { addConfiguration } from './configuration.rules.ts';
import type { Add } from './context.ts';

const NOW = 1_000_000;
const found = (facts: Partial<ConfigurationFacts>) => {
  const added: { kind: string; at: number; since: number; text: string; severity: string | null; seen: object }[] = [];
  const add: Add = (kind, { at, since, text, severity, seen }) =>
    added.push({ kind, at, since, text, severity: severity ?? null, seen });
  addConfiguration({ change: null, drift: null, ...facts }, NOW, add);
  return added;
};
type Change = NonNullable<ConfigurationFacts['change']>;
const change = (more: Partial<Change> = {}): Change => ({
  end: 'failed',
  at: NOW - 5000,
  reason: 'login-refused',
  detail: null,
  verdict: null,
  ...more,
});
const drift = (more: object = {}) => ({ at: NOW - 5000, keys: 1, first: ['P47'], grave: [], ...more });

describe('a change', () => {
  test('that ended well, or was never made, is no condition', () => expect(found({})).toEqual([]));

  test.for<[string, Partial<Change>, string, string, string | null]>([
    [
      'that failed says why',
      {},
      'config-failed',
      'The configuration was not applied. The gateway refused the login.',
      null,
    ],
    [
      'has its agent’s own sentence first',
      { detail: 'Port 3 refused it.' },
      'config-failed',
      'The configuration was not applied. Port 3 refused it.',
      null,
    ],
    [
      'without a reason says so',
      { reason: null },
      'config-failed',
      'The configuration was not applied. Its agent gave no reason.',
      null,
    ],
    [
      'that may be half way is critical',
      { reason: 'revert-failed' },
      'config-failed',
      'The configuration was not applied. The former configuration could not be written back.',
      'critical',
    ],
    [
      'that went back without a verdict gives none',
      { end: 'reverted', reason: 'new-fault' },
      'config-reverted',
      'The configuration was taken back. A port has a fault that it did not have before the change.',
      null,
    ],
  ])('%s', ([, more, kind, text, severity]) => {
    expect(found({ change: change(more) })).toMatchObject([{ kind, text, severity, at: NOW, since: NOW - 5000 }]);
  });

  test.for([
    ['works', 'The gateway worked.'],
    ['config', 'The change broke it.'],
    ['site-offline', 'The site was offline, not the change at fault.'],
    ['sip-server-down', 'The SIP server answered nobody, not the change at fault.'],
    ['cannot-tell', 'Whether the change broke it is not known.'],
  ] as const)('that went back by the verdict %s says: %s', ([verdict, words]) => {
    const [one] = found({ change: change({ end: 'reverted', reason: 'registration-lost', verdict }) });
    expect(one!.text).toBe(
      `The configuration was taken back. A line that was registered before the change is not any more. ${words}`,
    );
    expect(one!.seen).toEqual({ reason: 'registration-lost', detail: null, verdict });
  });

  test('that ended after the reading is not dated before its end', () => {
    expect(found({ change: change({ at: NOW + 9 }) })[0]).toMatchObject({ at: NOW + 9, since: NOW + 9 });
    expect(found({ drift: drift({ at: NOW + 9 }) })[0]).toMatchObject({ at: NOW + 9, since: NOW + 9 });
  });
});

describe('a drift', () => {
  test.for<[string, object, string, string | null, object]>([
    ['names its keys', {}, 'Values were changed elsewhere: P47.', null, { keys: 1, first: 'P47', grave: null }],
    [
      'says how many more there are',
      { keys: 4, first: ['P47', 'P48'] },
      'Values were changed elsewhere: P47, P48 and 2 more.',
      null,
      { keys: 4, first: 'P47, P48', grave: null },
    ],
    [
      'of a sealed key is major, and says why',
      { grave: [{ key: 'P47', cause: 'sealed' }] },
      'Values were changed elsewhere: P47. P47: it is sealed.',
      'major',
      { grave: 'P47: it is sealed' },
    ],
    [
      'of a key that emergency calls need is critical',
      {
        grave: [
          { key: 'P47', cause: 'sealed' },
          { key: 'P290', cause: 'emergency' },
        ],
      },
      'Values were changed elsewhere: P47. P47: it is sealed; P290: emergency calls need it.',
      'critical',
      { grave: 'P47: it is sealed; P290: emergency calls need it' },
    ],
  ])('%s', ([, more, text, severity, seen]) => {
    expect(found({ drift: drift(more) })).toMatchObject([
      { kind: 'config-drifted', at: NOW, since: NOW - 5000, text, severity, seen },
    ]);
  });

  test('beside a change that failed is a condition of its own', () => {
    const kinds = found({ change: change(), drift: drift() }).map(({ kind }) => kind);
    expect(kinds).toEqual(['config-failed', 'config-drifted']);
  });
});

test('changed keys are grave where emergency calls need them, or they are sealed; the first counts', () => {
  const sets = { emergency: new Set(['e', 'both']), sealed: new Set(['s', 'both']) };
  expect(graveKeys(['x', 's', 'both', 'e'], sets)).toEqual([
    { key: 's', cause: 'sealed' },
    { key: 'both', cause: 'emergency' },
    { key: 'e', cause: 'emergency' },
  ]);
  expect(graveKeys([], sets)).toEqual([]);
});
