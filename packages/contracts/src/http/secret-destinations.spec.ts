import { expect, test } from 'vitest';
import { CHANNEL_KINDS } from './channels.ts';
import { SECRETS_SENT, secretsToGiveAgain, targetMoved } from './secret-destinations.ts';

const HOME = { url: 'https://ada:pw@desk.example:8443/v1?x=1', region: 'us' };

test.for([
  ['nothing', HOME, false],
  ['its path and query', { ...HOME, url: 'https://ada:pw@desk.example:8443/v2' }, false],
  ['the case of its host', { ...HOME, url: 'https://ada:pw@DESK.example:8443/v1' }, false],
  ['its host', { ...HOME, url: 'https://ada:pw@desk.example.net:8443/v1' }, true],
  ['its port', { ...HOME, url: 'https://ada:pw@desk.example/v1' }, true],
  ['its protocol', { ...HOME, url: 'http://ada:pw@desk.example:8443/v1' }, true],
  ['its user', { ...HOME, url: 'https://bob:pw@desk.example:8443/v1' }, true],
  ['its password', { ...HOME, url: 'https://ada:other@desk.example:8443/v1' }, true],
  ['to the address of a region', { region: 'us' }, true],
  ['to what is no address', { url: 'desk.example' }, true],
] as const)('a channel that changes %s', ([, after, asks]) => {
  for (const kind of CHANNEL_KINDS)
    expect(secretsToGiveAgain(kind, HOME, after)).toEqual(asks ? SECRETS_SENT[kind] : []);
});

test('regions are separate destinations', () => {
  expect(secretsToGiveAgain('pagerduty', { region: 'us' }, { region: 'us' })).toEqual([]);
  expect(secretsToGiveAgain('pagerduty', { region: 'us' }, { region: 'eu' })).toEqual(['routingKey']);
});

test.for([
  ['nothing', {}, false],
  ['case and spaces', { address: ' GW.example ' }, false],
  ['its address', { address: 'gw2.example' }, true],
  ['its range', { address: 'gw.example/24' }, true],
  ['its port', { port: 1161 }, true],
] as const)('a target that changes %s', ([, part, moved]) => {
  const before = { address: 'gw.example', port: 161 };
  expect(targetMoved(before, { ...before, ...part })).toBe(moved);
});
