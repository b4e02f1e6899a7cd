import { afterEach, expect, test } from 'vitest';
import type { ConfigChange } from '@loopstart/contracts';
import { configBench, type ConfigBench, type ConfigBenchOptions } from '../testing/config-bench.ts';

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');

interface Unit {
  gateway: Partial<ConfigBenchOptions['gateway']> & { driver: string; model: string };
  initial: string;
  change: ConfigChange;
}

const MEDIA_PACK: Unit = {
  gateway: { driver: 'audiocodes', model: 'MP-118' },
  initial: lines('IsRegisterNeeded = 1', "REGISTRARIP = 'sip.example.net'"),
  change: { kind: 'set', key: 'registrarip', value: 'new.example.net' },
};
const IOS: Unit = {
  gateway: { driver: 'cisco-ios', model: 'VG202' },
  initial: 'hostname gw1\n!\nvoice-port 0/0\n station-id name Desk\n!\nend\n',
  change: { kind: 'set', key: 'voice-port 0/0 > station-id name', value: 'Lift' },
};

let bench: ConfigBench;
const open = async ({ gateway, initial }: Unit) => {
  bench = await configBench({
    gateway: { name: 'unit', macAddress: '00:0b:82:00:00:01', ports: [{ device: 'unused' }], ...gateway },
    initial: () => initial,
    accounts: [],
  });
  await bench.pass(10);
};
afterEach(async () => {
  await bench.close();
});

test('an AudioCodes MediaPack takes a change and stores it, where a person accepts the read-back as proof', async () => {
  await open(MEDIA_PACK);
  const request = await bench.request({ changes: [MEDIA_PACK.change] });
  expect(await bench.run(request)).toMatchObject({ state: 'failed', reasonCode: 'not-provable', holds: 'before' });
  const end = await bench.run(await bench.request({ changes: [MEDIA_PACK.change], acceptsReadBack: true }));
  expect(end).toMatchObject({ state: 'confirmed', holds: 'after', verdict: 'cannot-tell' });
  bench.gateway.living.setFault({ kind: 'power-loss', port: null, delayMs: 1, corruption: 'mixed' }, { forMs: 5_000 });
  await bench.pass(60);
  expect(bench.gateway.provisioning?.settings.get('RegistrarIP')).toContain('new.example.net');
});

test('Cisco IOS goes back where no line registers', async () => {
  await open(IOS);
  const end = await bench.run(await bench.request({ changes: [IOS.change] }));
  expect(end).toMatchObject({ state: 'reverted', reasonCode: 'cannot-tell', holds: 'before' });
  expect(bench.gateway.provisioning?.settings.get('voice-port 0/0 > station-id name')).toBe('Desk');
});

test('a unit of which no mark is known is sent no login', async () => {
  await open(MEDIA_PACK);
  const request = await bench.request({ changes: [MEDIA_PACK.change], acceptsReadBack: true });
  const expects = { ...request.expects, macAddress: null, serialNumber: null };
  expect(await bench.run({ ...request, expects })).toMatchObject({ state: 'failed', reasonCode: 'unidentified' });
});
