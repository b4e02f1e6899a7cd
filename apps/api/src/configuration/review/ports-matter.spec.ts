import type { ConfigEntry, FieldId } from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GatewayFacts, LayerStack } from '../entries/index.ts';
import { planGateway } from './gateway-plan.ts';
import { isOfWholeGateways, portsMatter } from './ports-matter.ts';

type Place = ConfigEntry['place'];
const entry = (place: Place, name: string, value: unknown, more: Partial<ConfigEntry> = {}): ConfigEntry => ({
  id: `${JSON.stringify(place)} ${name}`,
  kind: 'setting',
  place,
  name,
  deviceClass: null,
  value,
  isSealed: false,
  author: 'Ann',
  at: 0,
  ...more,
});

const PLAN = {
  rules: [
    { label: 'Emergency', pattern: '999', class: 'emergency', timer: 'none' },
    { label: 'National', pattern: '0x{9,10}', class: 'national', timer: 'none' },
  ],
};
const UNITS = [
  ['grandstream-ht', 'Grandstream', 'HT802', 2],
  ['grandstream-gxw', 'Grandstream', 'GXW4224', 24],
  ['audiocodes', 'AudioCodes', 'MP-124', 24],
  // One port more than the model has.
  ['grandstream-ht', 'Grandstream', 'HT802', 3],
  ['audiocodes', 'AudioCodes', 'MP-999', 4],
] as const;

const facts = ([driverId, vendor, model, ports]: (typeof UNITS)[number]): GatewayFacts => ({
  id: 'g',
  name: 'Gate',
  siteId: 's',
  siteName: 'Site',
  customerId: 'c',
  customerName: 'Customer',
  vendor,
  model,
  firmware: '1.0',
  driverId,
  agentId: 'a',
  macAddress: null,
  serial: null,
  emergencyLocation: '',
  ports: Array.from({ length: ports }, (_, at) => ({
    position: at + 1,
    name: `FXS ${at + 1}`,
    label: null,
    number: String(200 + at),
    deviceClass: at % 3 === 0 ? 'fax' : 'phone',
  })),
});

const host = fc.constantFrom('a.example.net', 'b.example.net', '{gateway.name}.example.net', '{nothing}.example.net');
const WHOLE: Partial<Record<FieldId, fc.Arbitrary<unknown>>> = {
  'sip.registrars': host.map((name) => [{ host: name, port: null }]),
  'sip.transport': fc.constantFrom('udp', 'tcp', 'tls', 'carrier pigeon'),
  'sip.registerExpirySeconds': fc.constantFrom(60, 3600, -1, null),
  'media.codecs': fc.constantFrom([{ codec: 'PCMA', ptimeMs: 20 }], [{ codec: 'G729', ptimeMs: 20 }], []),
  'qos.rtpDscp': fc.constantFrom(0, 46),
  'gateway.ntpServers': fc.constantFrom(['10.0.0.10'], ['ntp.example.net', 'ntp2.example.net']),
};
const whole = (place: Place) =>
  fc
    .constantFrom(...(Object.keys(WHOLE) as FieldId[]))
    .chain((field) =>
      fc
        .record({ value: WHOLE[field]!, isSealed: fc.boolean() })
        .map(({ value, isSealed }) => entry(place, field, value, { isSealed })),
    );
const OPERATOR: Place = { layer: 'operator' };
const SITE: Place = { layer: 'site', siteId: 's' };
const GATEWAY: Place = { layer: 'gateway', gatewayId: 'g' };
const ofPort = fc
  .record({
    position: fc.integer({ min: 1, max: 3 }),
    setting: fc.constantFrom(
      ['port.extension', '2001'],
      ['port.displayName', 'Lobby'],
      ['port.dialPlan', 'Office'],
      ['line.callWaiting', true],
      ['line.hookFlashMinMs', 90],
      // Of the whole gateway, at a port: a problem that stands before and after.
      ['qos.rtpDscp', 12],
    ),
  })
  .map(({ position, setting: [name, value] }) =>
    entry({ layer: 'port', gatewayId: 'g', position }, name as string, value),
  );
const known = (entries: readonly ConfigEntry[]) => [...new Map(entries.map((one) => [one.id, one])).values()];

test('edits of whole gateways change the same, whether their ports are read or not', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...UNITS),
      fc.array(fc.oneof(whole(OPERATOR), whole(SITE))),
      fc.array(fc.oneof(whole(GATEWAY), ofPort), { maxLength: 8 }),
      fc.array(fc.oneof(whole(OPERATOR), whole(SITE)), { minLength: 1, maxLength: 4 }),
      (unit, shared, own, edits) => {
        const gateway = facts(unit);
        const base = [
          entry(OPERATOR, 'Office', PLAN, { kind: 'dial-plan' }),
          entry(OPERATOR, 'line.country', 'GB'),
          entry(OPERATOR, 'port.password', 'secret'),
        ];
        const before = new LayerStack(known([...base, ...shared]));
        const after = new LayerStack(known([...base, ...shared, ...edits]));
        const full = planGateway(
          gateway,
          before.with(known(own)).resolve(gateway),
          after.with(known(own)).resolve(gateway),
        );
        const mine = portsMatter(gateway) ? known(own) : known(own).filter(({ place }) => place.layer === 'gateway');
        const was = before.with(mine).resolve(gateway, portsMatter(gateway) ? gateway.ports : []);
        const is = { ...after.with(mine).resolve(gateway, []), ports: was.ports };
        expect(planGateway(gateway, was, is, true)).toEqual(full);
      },
    ),
  );
});

describe('edits of whole gateways are', () => {
  test.for<[string, Parameters<typeof isOfWholeGateways>[0], boolean]>([
    ['a setting of the operator', entry(OPERATOR, 'sip.registrars', []) as never, true],
    ['a setting of one gateway', entry(GATEWAY, 'qos.rtpDscp', 46) as never, true],
    ['no setting of lines', entry(OPERATOR, 'port.displayName', 'x') as never, false],
    ['no setting of one port', entry({ layer: 'port', gatewayId: 'g', position: 1 }, 'qos.rtpDscp', 1) as never, false],
    [
      'no setting of a class of devices',
      entry(OPERATOR, 'sip.transport', 'udp', { deviceClass: 'fax' }) as never,
      false,
    ],
    ['no country, by which plans are checked', entry(OPERATOR, 'line.country', 'GB') as never, false],
    ['no variable', entry(OPERATOR, 'site.code', 'x', { kind: 'variable' }) as never, false],
    ['no dial plan', entry(OPERATOR, 'Office', PLAN, { kind: 'dial-plan' }) as never, false],
  ])('%s', ([, edit, isWhole]) => {
    expect(isOfWholeGateways(edit)).toBe(isWhole);
  });
});
