import { describe, expect, test } from 'vitest';
import { foundGroups } from './results.ts';

const port = {
  gatewayId: 'g',
  position: 7,
  label: 'Lift A',
  name: null,
  number: '2207',
  lineDeviceClass: 'lift-phone',
};
const page = <T>(items: T[], total = items.length) => ({ items, total, nextCursor: null });

describe('what a search found', () => {
  test('kinds that found nothing are left out', () => {
    const groups = foundGroups('kiln', {
      ports: page([]),
      sites: page([{ id: 's', name: 'Kiln Lane', customer: { id: 'c', name: 'Harbour Homes' } }]),
    } as never);
    expect(groups).toEqual([
      { value: 'Sites', items: [{ id: 'site s', href: '/sites/s', title: 'Kiln Lane', where: 'Harbour Homes' }] },
    ]);
  });

  test('more ports than shown lead to the list, with the text kept', () => {
    const [group] = foundGroups('a & b', {
      ports: page([{ ...port, gatewayName: 'GW', siteName: 'Kiln Lane' }], 40),
    } as never);
    expect(group!.items.map((item) => [item.title, item.href])).toEqual([
      ['Lift A · 2207', '/gateways/g/ports/7'],
      ['All 40 ports that match', '/ports?q=a%20%26%20b'],
    ]);
  });

  test('an incident by its number, with how it stands', () => {
    const place = { customer: null, site: { id: 's', name: 'Kiln Lane' }, agent: null, gateway: null, port: null };
    const incident = { id: 'i', number: 42, title: 'Site cut off', attention: 'acknowledged', place };
    expect(foundGroups('42', { incidents: page([incident]) } as never)).toEqual([
      {
        value: 'Incidents',
        items: [
          {
            id: 'incident i',
            href: '/incidents/i',
            title: '#42 Site cut off',
            where: 'Acknowledged, Kiln Lane',
          },
        ],
      },
    ]);
  });

  test('nothing asked yet, nothing found', () => {
    expect(foundGroups('', {})).toEqual([]);
  });
});
