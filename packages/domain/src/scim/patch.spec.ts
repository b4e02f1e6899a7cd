import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesElement, type ScimFilter } from './filter.ts';
import type { PatchPath } from './operation.ts';
import { patchGroup } from './patch-group.ts';
import { patchPerson } from './patch-person.ts';
import { addressOf, nameOf, NO_PERSON, ruleNamesOf } from './person.ts';
import { PatchRefusal } from './refusal.ts';

const pat = {
  ...NO_PERSON,
  userName: 'pat',
  emails: [
    { value: 'pat@oak.example', type: 'work', primary: true },
    { value: 'pat@home.example', type: 'home', primary: false },
  ],
};
const isWork: ScimFilter = { kind: 'compare', attribute: 'type', op: 'eq', value: 'WORK' };
const path = (attribute: string, more: Partial<PatchPath> = {}): PatchPath => ({
  attribute,
  filter: null,
  sub: null,
  ...more,
});
/** Paths of these tests: what the parser of the API reads. */
const read = (text: string): PatchPath | null => {
  if (text === 'work') return path('emails', { filter: isWork });
  if (text === 'work.value') return path('emails', { filter: isWork, sub: 'value' });
  if (text === 'work.primary') return path('emails', { filter: isWork, sub: 'primary' });
  const [attribute, sub] = text.toLowerCase().split('.');
  return attribute === undefined || attribute === '' ? null : path(attribute, { sub: sub ?? null });
};
const values = (emails: readonly { value: string }[]) => emails.map(({ value }) => value);

describe('addresses', () => {
  test.for([
    [
      'added',
      { op: 'add', path: 'emails', value: { value: 'new@oak.example' } },
      ['pat@oak.example', 'pat@home.example', 'new@oak.example'],
    ],
    [
      'added again',
      { op: 'add', path: 'emails', value: [{ value: 'PAT@home.example' }] },
      ['pat@oak.example', 'PAT@home.example'],
    ],
    ['replaced', { op: 'replace', path: 'emails', value: [] }, []],
    ['one removed', { op: 'remove', path: 'work' }, ['pat@home.example']],
    [
      'one changed',
      { op: 'replace', path: 'work.value', value: 'x@oak.example' },
      ['x@oak.example', 'pat@home.example'],
    ],
    ['all removed', { op: 'remove', path: 'emails' }, []],
  ] as const)('%s', ([, operation, expected]) =>
    expect(values(patchPerson(pat, [operation], read).emails)).toEqual(expected),
  );

  test('one is primary at most', () => {
    const { emails } = patchPerson(
      pat,
      [{ op: 'add', path: 'emails', value: { value: 'n@x.example', primary: 'True' } }],
      read,
    );
    expect(emails.map(({ primary }) => primary)).toEqual([false, false, true]);
    const both = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ];
    expect(() => patchPerson(pat, [{ op: 'replace', path: 'emails', value: both }], read)).toThrow(PatchRefusal);
  });

  test('the one by which a person is found', () => {
    expect(addressOf(pat)).toBe('pat@oak.example');
    expect(addressOf({ ...pat, emails: pat.emails.toReversed().map((one) => ({ ...one, primary: false })) })).toBe(
      'pat@oak.example',
    );
    expect(addressOf({ ...pat, emails: [] })).toBeNull();
    expect(addressOf({ ...pat, emails: [], userName: 'pat@oak.example' })).toBe('pat@oak.example');
  });
});

test('a person is called by the first name that is known', () => {
  expect(nameOf({ ...pat, displayName: 'D', formattedName: 'F' })).toBe('D');
  expect(nameOf({ ...pat, formattedName: 'F' })).toBe('F');
  expect(nameOf({ ...pat, givenName: 'Pat', familyName: 'Moor' })).toBe('Pat Moor');
  expect(nameOf(pat)).toBe('pat');
});

test('rules know a group by its name and by its id at the directory', () =>
  expect(
    ruleNamesOf([
      { displayName: 'A', externalId: null },
      { displayName: 'B', externalId: 'A' },
    ]),
  ).toEqual(['A', 'B']));

describe('members of a group', () => {
  const group = { displayName: 'G', externalId: null, members: ['a', 'b'] };
  test.for([
    ['added once', { op: 'add', path: 'members', value: [{ value: 'B' }, { value: 'c' }] }, ['a', 'b', 'c']],
    ['removed by value', { op: 'remove', path: 'members', value: [{ value: 'a' }] }, ['b']],
    ['all removed', { op: 'remove', path: 'members' }, []],
    ['replaced', { op: 'replace', path: 'members', value: [{ value: 'x' }] }, ['x']],
    ['in an object', { op: 'replace', value: { id: 'kept', members: [{ value: 'x' }] } }, ['x']],
  ] as const)('%s', ([, operation, expected]) =>
    expect(patchGroup(group, [operation], read).members).toEqual(expected),
  );
});

test('switches in filters may be texts', () => {
  const filter: ScimFilter = { kind: 'compare', attribute: 'primary', op: 'eq', value: 'True' };
  expect([matchesElement(filter, { primary: true }), matchesElement(filter, { primary: false })]).toEqual([
    true,
    false,
  ]);
});

test('whatever is sent, a patch makes a whole person or refuses', () => {
  const operation = fc.record(
    {
      op: fc.constantFrom('add', 'replace', 'remove'),
      path: fc.option(
        fc.oneof(
          fc.constantFrom('work', 'work.value', 'work.primary', 'emails', 'name', 'active', 'userName', 'displayName'),
          fc.string(),
        ),
        { nil: undefined },
      ),
      value: fc.jsonValue(),
    },
    { requiredKeys: ['op'] },
  );
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 4 }), (operations) => {
      const before = structuredClone(pat);
      try {
        const after = patchPerson(pat, operations as never, read);
        expect(after.userName).not.toBe('');
        expect(typeof after.active).toBe('boolean');
        expect(after.emails.every(({ value, primary }) => value !== '' && typeof primary === 'boolean')).toBe(true);
        expect(Object.keys(after).toSorted()).toEqual(Object.keys(pat).toSorted());
      } catch (error) {
        expect(error).toBeInstanceOf(PatchRefusal);
      }
      expect(pat).toEqual(before);
    }),
  );
});
