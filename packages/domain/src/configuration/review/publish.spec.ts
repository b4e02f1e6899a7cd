import { describe, expect, test } from 'vitest';
import { duplicateAccounts, judgePublication, type PublishQuestion, sameValue } from './index.ts';

const question = (more: Partial<PublishQuestion>): PublishQuestion => ({
  found: new Map(),
  overrides: [],
  mayOverride: false,
  edits: 1,
  editors: ['ann'],
  publisher: 'bea',
  needsOtherPerson: false,
  ...more,
});
const DOUBLE: PublishQuestion['found'] = new Map([['duplicate-extension', 2]]);
const OVERRIDES: PublishQuestion['overrides'] = ['duplicate-extension'];

describe('a publication', () => {
  test.for<[string, Partial<PublishQuestion>, string]>([
    ['of what nobody objects to', {}, 'allowed'],
    ['of nothing', { edits: 0 }, 'nothing-changed'],
    ['that a check stops', { found: DOUBLE }, 'blocked'],
    ['that overrides the check', { found: DOUBLE, overrides: OVERRIDES, mayOverride: true }, 'allowed'],
    ['that may not override', { found: DOUBLE, overrides: OVERRIDES }, 'override-not-allowed'],
    [
      'of a check that nobody overrides',
      { found: new Map([['not-rendered', 1]]), overrides: ['not-rendered'], mayOverride: true },
      'blocked',
    ],
    ['with a warning', { found: new Map([['not-verified', 3]]) }, 'allowed'],
    ['by its only editor', { publisher: 'ann', needsOtherPerson: true }, 'other-person-needed'],
    ['by one of its editors', { publisher: 'ann', editors: ['ann', 'bea'], needsOtherPerson: true }, 'allowed'],
    ['by another than its editor', { needsOtherPerson: true }, 'allowed'],
    ['by a program', { publisher: null, needsOtherPerson: true }, 'other-person-needed'],
    [
      'by its only editor beside a program',
      { publisher: 'ann', editors: ['ann', null], needsOtherPerson: true },
      'other-person-needed',
    ],
  ])('%s', ([, more, verdict]) => {
    expect(judgePublication(question(more)).verdict).toBe(verdict);
  });
});

describe('accounts of a site', () => {
  const line = (siteId: string, position: number, extension: string, isChanged = true) => ({
    siteId,
    gatewayId: 'g',
    position,
    extension,
    isChanged,
  });
  test.for<[string, Parameters<typeof duplicateAccounts>[0], number[]]>([
    ['each its own', [line('a', 1, '1'), line('a', 2, '2')], []],
    ['two lines with one', [line('a', 1, '1'), line('a', 2, '1')], [1, 2]],
    ['the same at two sites', [line('a', 1, '1'), line('b', 2, '1')], []],
    ['that were double before and are not changed', [line('a', 1, '1', false), line('a', 2, '1', false)], []],
  ])('%s', ([, lines, positions]) => {
    expect(duplicateAccounts(lines).map(({ position }) => position)).toEqual(positions);
  });
});

test('values are the same in whatever order their members stand', () => {
  expect(sameValue([{ host: 'a', port: 1 }], [{ port: 1, host: 'a' }])).toBe(true);
  expect(sameValue(['a', 'b'], ['b', 'a'])).toBe(false);
});
