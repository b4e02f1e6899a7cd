import type { RoleView } from '@loopstart/contracts';
import { PERMISSIONS } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { RIGHTS_BY_AREA } from './areas.ts';
import { beyond, bodyOf, copyOf, draftOf, emptyDraft } from './role-draft.ts';

const role: RoleView = {
  id: 'technician',
  title: 'Technician',
  about: null,
  own: false,
  limitedOnly: false,
  members: 2,
  permissions: ['ports.read', 'ports.write', 'sites.delete'],
  maxLinesAtOnce: 500,
  ownership: 'owned',
  publishedBy: null,
  version: null,
};

test('every right stands in one area, none in the one for what nobody placed', () => {
  const placed = RIGHTS_BY_AREA.flatMap(({ rights }) => rights);
  expect(placed.toSorted()).toEqual(Object.keys(PERMISSIONS).toSorted());
  expect(RIGHTS_BY_AREA.map(({ area }) => area)).not.toContain('other');
});

describe('a copy', () => {
  test('has no right and no more lines than the person who makes it', () => {
    const own = { permissions: ['ports.read', 'ports.write'] as const, maxLinesAtOnce: 40 };
    expect(copyOf(role, own)).toEqual({
      title: 'Copy of Technician',
      permissions: ['ports.read', 'ports.write'],
      lines: '40',
    });
    expect(beyond(bodyOf(copyOf(role, own)), own)).toBeNull();
  });
  test('has what the role has where the person may give it', () => {
    expect(copyOf(role, { permissions: [...role.permissions], maxLinesAtOnce: null })).toMatchObject({
      permissions: role.permissions,
      lines: '500',
    });
  });
});

test.for([
  ['nothing', { permissions: role.permissions, maxLinesAtOnce: null }, null],
  [
    'a right',
    { permissions: ['ports.read', 'ports.write'] as const, maxLinesAtOnce: 500 },
    'This role has rights that you lack: Delete sites.',
  ],
  [
    'lines',
    { permissions: role.permissions, maxLinesAtOnce: 499 },
    'This role has rights that you lack: more lines in one act.',
  ],
] as const)('what a role has beyond the person: %s', ([, own, words]) => {
  expect(beyond(role, own)).toBe(words);
});

test.for([
  ['', null],
  [' ', null],
  ['0', 0],
  ['250', 250],
  ['many', Number.NaN],
] as const)('lines typed as "%s" are %s', ([lines, asked]) => {
  expect(bodyOf({ ...draftOf(role), lines }).maxLinesAtOnce).toBe(asked);
});

test('a new role has no right and a bounded number of lines', () => {
  expect(emptyDraft({ permissions: [], maxLinesAtOnce: null })).toEqual({ title: '', permissions: [], lines: '100' });
  expect(emptyDraft({ permissions: [], maxLinesAtOnce: 20 }).lines).toBe('20');
});
