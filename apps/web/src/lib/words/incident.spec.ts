import type { Place } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { countsWords, explainedParts, placeLine, placeSteps, watchedWords, whyThisValue } from './incident.ts';

const site: Place = {
  customer: { id: 'c', name: 'Birch Clinics' },
  site: { id: 's', name: 'North house', timeZone: 'Europe/Berlin' },
  agent: { id: 'a', name: 'nuc-1' },
  gateway: null,
  port: null,
};
const port: Place = {
  ...site,
  gateway: { id: 'g', name: 'MP-124' },
  port: { position: 7, label: 'Lift A', number: null, lineDeviceClass: 'lift-phone' },
};

describe('where', () => {
  test.for([
    ['a port by its label', port, 'Birch Clinics › North house › MP-124 › Lift A (port 7)'],
    [
      'a port without one',
      { ...port, port: { ...port.port!, label: null } },
      'Birch Clinics › North house › MP-124 › port 7',
    ],
    ['an agent', site, 'Birch Clinics › North house › agent nuc-1'],
    ['nothing in particular', { customer: null, site: null, agent: null, gateway: null, port: null }, 'several sites'],
  ] as const)('%s', ([, place, line]) => {
    expect(placeLine(place)).toBe(line);
  });

  test('each step leads to its page', () => {
    expect(placeSteps(port).map((step) => step.href)).toEqual([
      '/customers/c',
      '/sites/s',
      '/gateways/g',
      '/gateways/g/ports/7',
    ]);
  });
});

test.for([
  [{ agents: 0, gateways: 0, ports: 0 }, []],
  [{ agents: 0, gateways: 1, ports: 24 }, ['1 gateway', '24 ports']],
  [{ agents: 1, gateways: 24, ports: 1576 }, ['1 agent', '24 gateways', '1,576 ports']],
] as const)('what %j explains: %j', ([affected, words]) => {
  expect(explainedParts(affected)).toEqual(words);
});

test('how much is watched', () => {
  expect(watchedWords({ agents: 1, gateways: 2, ports: 48 })).toBe('48 ports on 2 gateways by 1 agent');
});

test.for([
  [{}, {}, 'None open'],
  [{ open: 3 }, { critical: 1, minor: 2 }, '3 open: 1 critical, 2 minor'],
  [{ open: 1, acknowledged: 2 }, { major: 3 }, '1 open, 2 acknowledged: 3 major'],
  [{ snoozed: 1 }, { info: 1 }, '1 snoozed: 1 notice'],
] as const)('%j, of them %j: "%s"', ([states, severities, words]) => {
  const bySeverity = { critical: 0, major: 0, minor: 0, info: 0, ...severities };
  expect(countsWords({ open: 0, acknowledged: 0, snoozed: 0, ...states, bySeverity })).toBe(words);
});

describe('why a threshold has its value', () => {
  const threshold = { value: 30, unit: 's', label: 'Bad for', scopeName: null, reason: null };
  test.for([
    [{ scope: 'default' }, 'Loopstart default'],
    [{ scope: 'default', reason: 'a lift phone must not hold its line' }, 'a lift phone must not hold its line'],
    [{ scope: 'operator', scopeName: 'Acme', reason: 'Too noisy' }, 'Set for all customers: “Too noisy”'],
    [{ scope: 'customer', scopeName: 'Birch Clinics', reason: null }, 'Set for the customer Birch Clinics'],
    [{ scope: 'line-device-class', scopeName: 'lift-phone', reason: null }, 'Set for lines of this kind (lift phone)'],
    [{ scope: 'port', scopeName: 'Lift A', reason: 'Long cable' }, 'Set for this port Lift A: “Long cable”'],
  ] as const)('%j', ([rest, words]) => {
    expect(whyThisValue({ ...threshold, ...rest })).toBe(words);
  });
});
