import { describe, expect, test } from 'vitest';
import { fleetSentence, whatIsWrong, whichThing, wrongHref } from './wrong-words.ts';

const ports = { total: 40, ok: 40, info: 0, unknown: 0, critical: 0, major: 0, minor: 0 };
const fleet = {
  ports,
  causesTotal: 0,
  unexplained: { total: 0 },
  gateways: { total: 2, reachable: 2, unreachable: 0, unknown: 0 },
};

describe('the first sentence', () => {
  test.for([
    [{ gateways: { ...fleet.gateways, total: 0 }, ports: { ...ports, total: 0, ok: 0 } }, 'No gateways yet'],
    [{}, 'Everything works'],
    [{ ports: { ...ports, info: 3, ok: 37 } }, 'Everything works'],
    [{ causesTotal: 3, ports: { ...ports, critical: 1, major: 2 } }, '3 lines need attention, 1 of them critical'],
    [{ causesTotal: 1, ports: { ...ports, unknown: 24 } }, '24 lines unknown'],
    [{ causesTotal: 1 }, '1 incident open, all lines work'],
    [{ unexplained: { total: 2 } }, '2 lines or gateways need attention'],
  ] as const)('%j reads "%s"', ([change, sentence]) => {
    expect(fleetSentence({ ...fleet, ...change })).toBe(sentence);
  });
});

describe('one thing that is wrong', () => {
  const thing = {
    gatewayId: 'g',
    gatewayName: 'MP-124',
    position: 7,
    label: 'Lift A',
    reason: 'line-fault',
    fault: 'short-circuit',
  } as never;
  test('a port by its label', () => {
    expect([whichThing(thing), whatIsWrong(thing), wrongHref(thing)]).toEqual([
      'Lift A',
      'Line fault: short circuit',
      '/gateways/g/ports/7',
    ]);
  });

  test('silence is not called down', () => {
    const silent = { ...(thing as object), position: null, reason: 'agent-silent', fault: null } as never;
    expect(whatIsWrong(silent)).toMatch(/^Unknown/);
    expect([whichThing(silent), wrongHref(silent)]).toEqual(['MP-124', '/gateways/g']);
  });
});
