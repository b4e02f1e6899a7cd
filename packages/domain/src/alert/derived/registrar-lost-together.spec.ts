import { describe, expect, test } from 'vitest';
import { at, fleet, gatewayRecord, NOW } from '../testing/records.ts';
import { viewOf } from '../testing/view.ts';
import type { AlertRecord } from '../types.ts';
import { registrarsLost } from './registrar-lost-together.ts';

/** Two sites of `acme`, one of `zeta`; three gateways use sip-1, one sip-2, the others do not say what they use. */
const topology = fleet(
  { north: 'acme', south: 'acme', west: 'zeta' },
  {
    n1: { site: 'north', registrar: 'sip-1' },
    n2: { site: 'north', registrar: 'sip-1' },
    n3: { site: 'north' },
    n4: { site: 'north' },
    s1: { site: 'south', registrar: 'sip-2' },
    s2: { site: 'south' },
    s3: { site: 'south' },
    w1: { site: 'west', registrar: 'sip-1' },
    w2: { site: 'west' },
    w3: { site: 'west' },
    w4: { site: 'west', registrar: 'sip-1' },
  },
);
const lost = (id: string, secondsAgo = 9) =>
  gatewayRecord(topology, 'registrar-lost', id, { badSince: NOW - secondsAgo * 1000 });
const find = (records: readonly AlertRecord[], parameters: Record<string, number> = {}) =>
  registrarsLost(viewOf(topology, records, [{ kind: 'registrar-lost-together', parameters }]), records);

describe('three gateways of one server, or of one customer where the server is not known', () => {
  test.for<{ name: string; of: AlertRecord[]; parameters?: Record<string, number>; texts: string[] }>([
    {
      name: 'of a server, at two sites',
      of: [lost('n1'), lost('n2'), lost('w1')],
      texts: ['3 gateways at 2 sites lost the SIP server sip-1 together.'],
    },
    { name: 'two of a server', of: [lost('n1'), lost('w1')], texts: [] },
    { name: 'two of a server and one of another', of: [lost('n1'), lost('n2'), lost('s1')], texts: [] },
    {
      name: 'two of a server, where two are set to be enough',
      of: [lost('n1'), lost('n2')],
      parameters: { gatewaysMin: 2 },
      texts: ['2 gateways at 1 site lost the SIP server sip-1 together.'],
    },
    {
      name: 'of a customer',
      of: [lost('n3'), lost('n4'), lost('s2')],
      texts: ['3 gateways at 2 sites lost their SIP server together.'],
    },
    {
      name: 'two of a customer, of which the servers are not known, and one of a known',
      of: [lost('n3'), lost('s2'), lost('n1')],
      texts: [],
    },
    {
      name: 'within 120 s',
      of: [lost('n1', 130), lost('n2', 70), lost('w1', 10)],
      texts: ['3 gateways at 2 sites lost the SIP server sip-1 together.'],
    },
    { name: 'further apart', of: [lost('n1', 131), lost('n2', 70), lost('w1', 10)], texts: [] },
  ])('$name', ({ of, parameters, texts }) => {
    expect(find(of, parameters).map(({ evidence }) => evidence.text)).toEqual(texts);
  });
});

describe('several customers of which the servers are not known', () => {
  const words = (n: number, sites: number) => `${n} gateways at ${sites} sites lost a SIP server together.`;
  test.for<{ name: string; of: AlertRecord[]; sharePercent: number; texts: string[] }>([
    { name: 'three of two customers', of: [lost('n3'), lost('s2'), lost('w2')], sharePercent: 1, texts: [words(3, 3)] },
    { name: 'two of two customers', of: [lost('n3'), lost('w2')], sharePercent: 1, texts: [] },
    // 28 % of 11 gateways are 3.08.
    {
      name: 'fewer than the share of the fleet',
      of: [lost('n3'), lost('s2'), lost('w2')],
      sharePercent: 28,
      texts: [],
    },
    {
      name: 'the share of the fleet',
      of: [lost('n3'), lost('s2'), lost('w2'), lost('w3')],
      sharePercent: 28,
      texts: [words(4, 3)],
    },
    {
      name: 'that of one customer is one too, whatever the share',
      of: [lost('n3'), lost('s2'), lost('s3'), lost('w2')],
      sharePercent: 100,
      texts: ['3 gateways at 2 sites lost their SIP server together.'],
    },
  ])('$name', ({ of, sharePercent, texts }) => {
    expect(find(of, { sharePercent }).map(({ evidence }) => evidence.text)).toEqual(texts);
  });
});

describe('what is found', () => {
  test('of a known server: where all are, and how many gateways of how many that use it', () => {
    expect(find([lost('n1'), lost('n2'), lost('w4')])).toMatchObject([
      {
        key: 'registrar-lost-together@shared:registrar:sip-1',
        kind: 'registrar-lost-together',
        subject: { type: 'shared', id: 'registrar:sip-1' },
        where: at(),
        evidence: { seen: { members: 3, of: 4 } },
      },
    ]);
  });
  test('of a customer, and of all, whose servers are not known', () => {
    expect(find([lost('n3'), lost('n4'), lost('s2'), lost('w2')])).toMatchObject([
      { key: 'registrar-lost-together@shared:registrar:', where: at(), evidence: { seen: { members: 4, of: 6 } } },
      {
        key: 'registrar-lost-together@shared:registrar:customer/acme',
        where: at({ customerId: 'acme' }),
        evidence: { seen: { members: 3, of: 4 } },
      },
    ]);
  });
  test('a gateway that is not known any more is of its customer alone', () => {
    const gone = [lost('n3'), lost('n4'), lost('s2')].map((record) => ({
      ...record,
      where: { ...record.where, gatewayId: `old-${record.where.gatewayId}` },
    }));
    expect(find(gone).map(({ key }) => key)).toEqual(['registrar-lost-together@shared:registrar:customer/acme']);
  });
  test('nothing of nothing', () => expect(find([])).toEqual([]));
});
