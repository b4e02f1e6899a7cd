import { describe, expect, test } from 'vitest';
import { type Escalatable, policiesFor, type PolicyMatch, policyTakes } from './policy.ts';

const incident: Escalatable = {
  severity: 'major',
  kind: 'port-out-of-service',
  customerId: 'c1',
  siteId: 's1',
  lineDeviceClass: 'lift-phone',
};

test.for<[string, PolicyMatch, Partial<Escalatable>, boolean]>([
  ['an empty match takes all', {}, {}, true],
  ['its severity', { severities: ['major', 'critical'] }, {}, true],
  ['another severity', { severities: ['minor'] }, {}, false],
  ['its kind', { kinds: ['port-out-of-service'] }, {}, true],
  ['another kind', { kinds: ['port-locked'] }, {}, false],
  ['its customer', { customerIds: ['c2', 'c1'] }, {}, true],
  ['what concerns no one customer', { customerIds: ['c1'] }, { customerId: null }, false],
  ['its site', { siteIds: ['s1'] }, {}, true],
  ['its device', { lineDeviceClasses: ['lift-phone'] }, {}, true],
  ['what has no device', { lineDeviceClasses: ['lift-phone'] }, { lineDeviceClass: null }, false],
  ['one of two does not', { severities: ['major'], siteIds: ['s2'] }, {}, false],
])('%s', ([, match, more, expected]) => {
  expect(policyTakes(match, { ...incident, ...more })).toBe(expected);
});

describe('which policy matches an incident', () => {
  const policies = [
    { id: 'default', ordinal: 0, isDefault: true, match: {} },
    { id: 'lifts', ordinal: 2, isDefault: false, match: { lineDeviceClasses: ['lift-phone' as const] } },
    { id: 'all major', ordinal: 3, isDefault: false, match: { severities: ['major' as const] } },
    { id: 'minor', ordinal: 1, isDefault: false, match: { severities: ['minor' as const] } },
  ];
  test.for<[string, Partial<Escalatable>, string[]]>([
    ['in their order, the default last', {}, ['lifts', 'all major', 'default']],
    ['others do not match it', { lineDeviceClass: 'fax' }, ['all major', 'default']],
    ['the default takes what no other takes', { severity: 'info', lineDeviceClass: 'fax' }, ['default']],
  ])('%s', ([, more, expected]) => {
    expect(policiesFor(policies, { ...incident, ...more }).map(({ id }) => id)).toEqual(expected);
  });
});
