import { describe, expect, test } from 'vitest';
import { type Silenceable, silenceMatches, silenceState, type SilenceMatcher } from './silence.ts';

const alert: Silenceable = {
  kind: 'port-out-of-service',
  severity: 'major',
  where: { customerId: 'c1', siteId: 's1', gatewayId: 'g1', position: 3, lineDeviceClass: 'fax' },
};
const shared: Silenceable = {
  kind: 'registrar-lost-together',
  severity: 'critical',
  where: { customerId: null, siteId: null, gatewayId: null, position: null, lineDeviceClass: null },
};

describe('what a silence matches', () => {
  test.for<[string, SilenceMatcher, boolean]>([
    ['an empty matcher matches nothing', {}, false],
    ['the kind', { kinds: ['port-out-of-service'] }, true],
    ['another kind', { kinds: ['port-locked'] }, false],
    ['the severity', { severities: ['minor', 'major'] }, true],
    ['another severity', { severities: ['critical'] }, false],
    ['the device on the line', { lineDeviceClasses: ['fax'] }, true],
    ['another device', { lineDeviceClasses: ['lift-phone'] }, false],
    ['the customer', { customerId: 'c1' }, true],
    ['another customer', { customerId: 'c2' }, false],
    ['the site', { siteId: 's1' }, true],
    ['the line', { gatewayId: 'g1', position: 3 }, true],
    ['another line', { gatewayId: 'g1', position: 4 }, false],
    ['all must hold', { siteId: 's1', kinds: ['port-locked'] }, false],
    ['all hold', { siteId: 's1', kinds: ['port-out-of-service'], severities: ['major'] }, true],
  ])('%s', ([, matcher, expected]) => {
    expect(silenceMatches({ matcher }, alert)).toBe(expected);
  });
  test.for<SilenceMatcher>([
    { siteId: 's1' },
    { customerId: 'c1' },
    { lineDeviceClasses: ['unknown'] },
    { position: 1 },
  ])('an alert that affects many sites is not silenced by %j', (matcher) => {
    expect(silenceMatches({ matcher }, shared)).toBe(false);
  });
});

test.for([
  [9, null, 'planned'],
  [10, null, 'active'],
  [19, null, 'active'],
  [20, null, 'over'],
  [15, 15, 'over'],
  [14, 15, 'active'],
  [5, 5, 'over'],
] as const)('at %i, ended at %s, it is %s', ([now, endedAt, expected]) => {
  expect(silenceState({ startsAt: 10, endsAt: 20, endedAt }, now)).toBe(expected);
});
