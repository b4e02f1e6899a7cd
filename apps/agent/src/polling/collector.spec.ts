import {
  AGENT_MESSAGE_BYTES_MAX,
  type Inventory,
  type Report,
  type UpBodyInput,
  type UpKind,
} from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { MessageTooLargeError } from '../outbox/outbox.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { Collector, type MessageSink } from './collector.ts';

const id = (number: number) => `6f1c1f0e-5a0b-4a43-9a6f-${String(number).padStart(12, '0')}`;
const report = (gateway: number, ports = 1, columns = 1): Report => ({
  gatewayId: id(gateway),
  at: 1,
  revision: 1,
  full: false,
  pollMs: 1,
  measures: Object.fromEntries(
    ['lineVoltageV', 'loopCurrentMa', 'ringVoltageV', 'jitterMs', 'packetLossPercent']
      .slice(0, columns)
      .map((field) => [field, Array.from({ length: ports }, () => 12.345_678_901_2)]),
  ),
});

function setUp() {
  const clock = new FakeClock();
  const sent: { kind: UpKind; body: unknown; urgent: boolean }[] = [];
  const sink: MessageSink = {
    append<K extends UpKind>(kind: K, body: UpBodyInput<K>, options: { urgent?: boolean } = {}) {
      if (JSON.stringify(body).length > AGENT_MESSAGE_BYTES_MAX) throw new MessageTooLargeError('too large');
      sent.push({ kind, body, urgent: options.urgent === true });
    },
  };
  return { clock, sent, collector: new Collector(sink, clock) };
}

describe('the collector', () => {
  test('collects reports for a quarter of a second', async () => {
    const { clock, sent, collector } = setUp();
    collector.report(report(1), false);
    await clock.advance(200);
    collector.report(report(2), false);
    expect(sent).toEqual([]);
    await clock.advance(60);
    expect(sent).toEqual([{ kind: 'reports', body: { reports: [report(1), report(2)] }, urgent: false }]);
  });

  test('does not delay a change of state, and sends the others with it', async () => {
    const { sent, collector } = setUp();
    collector.report(report(1), false);
    collector.report(report(2), true);
    expect(sent).toEqual([{ kind: 'reports', body: { reports: [report(1), report(2)] }, urgent: true }]);
  });

  test('collects unchanged polls for five seconds, with the earliest time', async () => {
    const { clock, sent, collector } = setUp();
    collector.unchanged(id(1), 500);
    collector.unchanged(id(2), 400);
    collector.unchanged(id(1), 900);
    await clock.advance(4_999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toEqual([{ kind: 'unchanged', body: { at: 400, gatewayIds: [id(1), id(2)] }, urgent: false }]);
  });

  test('does not report a gateway as unchanged that changed since', async () => {
    const { clock, sent, collector } = setUp();
    collector.unchanged(id(1), 1);
    collector.report(report(1), true);
    await clock.advance(10_000);
    expect(sent.map(({ kind }) => kind)).toEqual(['reports']);
  });

  test('sends reports before an inventory that changes their meaning', () => {
    const { sent, collector } = setUp();
    collector.report(report(1), false);
    collector.inventory(inventory(1, 4));
    collector.reachability(id(1), 5, { code: 'no-answer', text: 'x'.repeat(300) });
    expect(sent.map(({ kind }) => kind)).toEqual(['reports', 'inventory', 'reachability']);
    expect(sent[2]?.body).toMatchObject({ reachable: false, code: 'no-answer', reason: 'x'.repeat(200) });
  });

  test('keeps every message within its bounds, and loses none', async () => {
    const { clock, sent, collector } = setUp();
    for (let gateway = 0; gateway < 1_500; gateway += 1) collector.report(report(gateway, 24, 5), false);
    for (let gateway = 0; gateway < 12; gateway += 1) collector.report(report(gateway, 512, 5), false);
    await clock.advance(300);
    const gateways = sent.flatMap(({ body }) => (body as { reports: Report[] }).reports);
    expect(gateways.length).toBe(1_512);
    for (const { body } of sent) expect((body as { reports: Report[] }).reports.length).toBeLessThanOrEqual(500);
  });

  test('shortens an inventory that is too large for a message', () => {
    const { sent, collector } = setUp();
    collector.inventory(inventory(1, 512, 'ü'.repeat(128)));
    const body = sent[0]?.body as Inventory;
    expect(body.ports.length).toBe(512);
    expect(body.ports[0]?.name).toBe('ü'.repeat(24));
  });

  test('sends no empty message', () => {
    const { sent, collector } = setUp();
    collector.flush();
    collector.events([]);
    expect(sent).toEqual([]);
  });
});

function inventory(gateway: number, ports: number, text = 'port'): Inventory {
  return {
    gatewayId: id(gateway),
    revision: 1,
    address: '192.0.2.1',
    driverId: 'generic',
    driverRevision: 1,
    evidence: 'generic',
    unknownHardware: true,
    pollIntervalMs: 60_000,
    gateway: {
      vendor: 'v',
      model: 'm',
      firmware: null,
      hardwareRevision: null,
      serial: null,
      macAddress: null,
      sysName: null,
      sysDescr: null,
      sysObjectId: null,
      powerSource: null,
    },
    capabilities: {},
    actions: [],
    ports: Array.from({ length: ports }, (_, at) => ({
      position: at + 1,
      key: String(at),
      kind: 'fxs',
      name: text,
      number: text.slice(0, 64),
      signalling: null,
      impedance: text.slice(0, 64),
      countryProfile: text.slice(0, 64),
      codecs: Array.from({ length: 16 }, () => text.slice(0, 32)),
      t38: null,
    })),
  };
}
