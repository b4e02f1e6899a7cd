import { describe, expect, test } from 'vitest';
import { fleetSentence, whatIsWrong, whichThing, wrongHref } from './wrong-words.ts';

const ports = { total: 40, unknown: 0, critical: 0, major: 0, minor: 0 };

describe('the first sentence', () => {
  test.for([
    [{ wrongTotal: 0, ports: { ...ports, total: 0 } }, 'No gateways yet'],
    [{ wrongTotal: 0, ports }, 'Everything works'],
    [{ wrongTotal: 1, ports: { ...ports, minor: 1 } }, '1 line needs attention'],
    [{ wrongTotal: 3, ports: { ...ports, major: 2, minor: 1 } }, '3 lines need attention'],
    [{ wrongTotal: 3, ports: { ...ports, critical: 1, major: 2 } }, '3 lines need attention, 1 of them critically'],
    [{ wrongTotal: 1, ports: { ...ports, critical: 1 } }, '1 line needs attention, critically'],
    [{ wrongTotal: 1, ports: { ...ports, unknown: 24 } }, '1 thing needs attention; 24 lines unknown'],
    [{ wrongTotal: 0, ports: { ...ports, unknown: 2 } }, '2 lines unknown'],
  ] as const)('%j reads "%s"', ([overview, sentence]) => {
    expect(fleetSentence(overview)).toBe(sentence);
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
    expect(whatIsWrong(silent)).toMatch(/^Not known/);
    expect([whichThing(silent), wrongHref(silent)]).toEqual(['MP-124', '/gateways/g']);
  });
});
