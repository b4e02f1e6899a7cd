import type { Alert } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { portSummary, suppressedGroups } from './suppressed-groups.ts';

const site = { id: 's', name: 'North house', timeZone: 'UTC' };
const nowhere = { customer: null, site: null, agent: null, gateway: null, port: null };
const agent = { ...nowhere, site, agent: { id: 'a', name: 'nuc-1' } };
const gateway = (name: string) => ({ ...agent, gateway: { id: name, name } });
const port = (name: string, position: number) => ({
  ...gateway(name),
  port: { position, label: null, number: null, lineDeviceClass: 'phone' },
});
const alert = (place: object, title = 'Line not registered') => ({ place, title }) as unknown as Alert;

test('agents before gateways, gateways by the numbers in their names, ports by position', () => {
  const groups = suppressedGroups([
    alert(port('gw 10', 2)),
    alert(port('gw 9', 12)),
    alert(port('gw 9', 3)),
    alert(gateway('gw 9'), 'Gateway unreachable'),
    alert(agent, 'Agent silent'),
    alert({ ...nowhere, site }, 'Power lost'),
    alert(nowhere, 'Something shared'),
  ]);
  expect(
    groups.map((group) => [group.name, group.own.length, group.ports.map((row) => row.place.port?.position)]),
  ).toEqual([
    ['North house', 1, []],
    ['Agent nuc-1', 1, []],
    ['gw 9', 1, [3, 12]],
    ['gw 10', 0, [2]],
    ['Several sites', 1, []],
  ]);
  expect(groups.map((group) => group.href)).toEqual([
    '/sites/s',
    '/agents/a',
    '/gateways/gw 9',
    '/gateways/gw 10',
    null,
  ]);
});

test('what is wrong with the ports of one gateway, counted', () => {
  const rows = [alert(port('g', 1), 'B'), alert(port('g', 2), 'A'), alert(port('g', 3), 'B'), alert(port('g', 4), 'C')];
  expect(portSummary(rows)).toEqual([
    { title: 'B', n: 2 },
    { title: 'A', n: 1 },
    { title: 'C', n: 1 },
  ]);
});
