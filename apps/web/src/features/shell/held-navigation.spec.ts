import { expect, test } from 'vitest';
import { knownReachable, staysInConsole } from './held-navigation.ts';

const from = new URL('https://console.example/sites?worst=major');
test.for([
  ['another page', '/gateways', false, true],
  ['the same page, other filters', '/sites?worst=minor', false, true],
  ['a place on the page', '/sites?worst=major#list', false, false],
  ['another window', '/gateways', true, false],
  ['another server', 'https://elsewhere.example/', false, false],
] as const)('%s', ([, to, own, stays]) => {
  expect(staysInConsole({ url: new URL(to, from), from, own })).toBe(stays);
});

test.for([
  [false, 'live', false],
  [true, 'live', true],
  [true, 'reconnecting', null],
  [true, 'polling', null],
] as const)('network %s and live connection %s: %s', ([online, live, reachable]) => {
  expect(knownReachable(online, live)).toBe(reachable);
});
