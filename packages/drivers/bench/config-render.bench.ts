/**
 * CPU of writing, reading and comparing the configuration of a gateway with 24 ports, by vendor.
 *
 * Node packages/drivers/bench/config-render.bench.ts [rounds]
 */
import type { Settings } from '@loopstart/domain';
import { driverById } from '../src/drivers.ts';
import { compareConfig, readTelephony, renderConfig, type ConfigWish } from '../src/engine/config/index.ts';
import type { ConfiguredUnit, ReadSetting } from '../src/engine/slices/config.ts';

const PORTS = 24;
const rounds = Number(process.argv[2] ?? 200);
const positions = Array.from({ length: PORTS }, (_, at) => at + 1);

const gateway: Settings = {
  'sip.registrars': [{ host: 'sip.example.net', port: null }],
  'sip.transport': 'udp',
  'sip.registerExpirySeconds': 3600,
  'media.codecs': [{ codec: 'PCMA', ptimeMs: 20 }],
  'media.dtmfPayloadType': 101,
  'qos.rtpDscp': 46,
  'gateway.hostName': 'gw-1',
  'gateway.ntpServers': ['10.0.0.10'],
};
const settingsOf = (position: number): Settings => ({
  'port.extension': `2${String(position).padStart(3, '0')}`,
  'port.password': `secret-${position}`,
  'port.displayName': `Room ${position}`,
  'port.enabled': true,
  'line.callWaiting': position % 2 === 0,
  'line.callerId': true,
  'line.hookFlashMinMs': 100,
  'line.hookFlashMaxMs': 900,
});
const wish: ConfigWish = {
  gateway,
  ports: positions.map((position) => ({ position, settings: settingsOf(position) })),
};

const UNITS: readonly [driver: string, unit: ConfiguredUnit][] = [
  ['grandstream-gxw', { model: 'GXW4224', firmware: null }],
  ['audiocodes', { model: 'MP-124', firmware: null }],
  ['mediatrix-dgw', { model: 'Mediatrix 4124', firmware: null, portNames: namesOf((at) => `Fxs${at}`) }],
  ['cisco-ios', { model: 'VG224', firmware: null, portNames: namesOf((at) => `2/${at - 1}`) }],
];

function namesOf(name: (position: number) => string): ReadonlyMap<number, string> {
  return new Map(positions.map((position) => [position, name(position)]));
}

/** CPU of one call in milliseconds, after as many calls to warm up. */
function cpuMs(work: () => unknown): number {
  for (let i = 0; i < rounds; i += 1) work();
  const before = process.cpuUsage();
  for (let i = 0; i < rounds; i += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / rounds;
}

for (const [id, unit] of UNITS) {
  const driver = driverById(id)!;
  const { changes, written } = renderConfig(driver, unit, wish);
  const settings = new Map<string, ReadSetting>(
    changes.flatMap((change) =>
      change.kind === 'set' ? [[change.key, { value: change.value, secret: 'plain' }]] : [],
    ),
  );
  const render = cpuMs(() => renderConfig(driver, unit, wish));
  const read = cpuMs(() => readTelephony(driver, unit, settings));
  const compare = cpuMs(() => compareConfig(driver, unit, written, { settings }));
  const figures = [`render ${render.toFixed(2)} ms`, `read ${read.toFixed(2)} ms`, `compare ${compare.toFixed(2)} ms`];
  console.log(`${id}, ${PORTS} ports, ${changes.length} changes: ${figures.join(', ')} of CPU`);
}
