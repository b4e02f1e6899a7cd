import { afterEach, describe, expect, test } from 'vitest';
import type { ConfigChange } from '@loopstart/contracts';
import { configBench, type ConfigBench, type ConfigBenchOptions } from '../testing/config-bench.ts';

const crLf = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');
const lf = (...all: string[]) => all.map((line) => `${line}\n`).join('');
const set = (key: string, value: string): ConfigChange => ({ kind: 'set', key, value });

interface Unit {
  gateway: Partial<ConfigBenchOptions['gateway']> & { driver: string; model: string };
  initial: string;
  /** The change that is tried, and the unit's own name and text of what it changes. */
  changes: ConfigChange[];
  own: string;
  before: string;
  after: string;
  /** A change that the unit, or the language, refuses before anything is written. */
  impossible: ConfigChange[];
}

const MEDIA_PACK: Unit = {
  gateway: { driver: 'audiocodes', model: 'MP-118' },
  initial: crLf('IsRegisterNeeded = 1', "REGISTRARIP = 'sip.example.net'"),
  changes: [set('registrarip', 'new.example.net')],
  own: 'RegistrarIP',
  before: 'sip.example.net',
  after: 'new.example.net',
  impossible: [set('registrarip', 'a\nb')],
};
const MEDIANT: Unit = {
  ...MEDIA_PACK,
  gateway: { driver: 'audiocodes', model: 'Mediant 500 E-SBC', firmware: '7.40A.005', serial: '5551234' },
};
const STATION = 'voice-port 0/0 > station-id name';
const IOS: Unit = {
  gateway: { driver: 'cisco-ios', model: 'VG202', serial: 'FGL1234000A' },
  initial: lf('hostname gw1', '!', 'voice-port 0/0', ' station-id name Desk', '!', 'end'),
  changes: [set(STATION, 'Lift')],
  own: STATION,
  before: 'Desk',
  after: 'Lift',
  impossible: [set(STATION, 'a\nb')],
};
const CALLER_ID = 'context cs switch > interface fxs fxs-00 > subscriber-number';
const PATTON: Unit = {
  gateway: { driver: 'patton-smartnode', model: 'SN4112/JS', serial: '00A0BA012345' },
  initial: lf(
    'cli version 3.20',
    'context cs switch',
    '  interface fxs fxs-00',
    '    route call dest-table OUT',
    '    subscriber-number 2001',
    '    no call-waiting',
    'port fxs 0 0',
    '  encapsulation cc-fxs',
    '  bind interface fxs-00 switch',
    '  no shutdown',
  ),
  changes: [set(CALLER_ID, '2009'), set('context cs switch > interface fxs fxs-00 > call-waiting', '')],
  own: CALLER_ID,
  before: '2001',
  after: '2009',
  impossible: [set(CALLER_ID, 'a\nb')],
};
const REGISTRAR = '.sip.profile.1.registrar.1.ipname';
const VEGA: Unit = {
  gateway: { driver: 'sangoma-vega', model: 'Vega 50', ports: [{}] },
  initial: lf(
    'set .sip.reg_enable="1"',
    'set .sip.profile.1.registrar.1.enable="1"',
    `set ${REGISTRAR}="sip.example.net"`,
    'set .pots.port.1.if.1.username="2001"',
    'cp .sip.reg.user.1',
    'set .sip.reg.user.1.enable="1"',
    'set .sip.reg.user.1.username="2001"',
    'cp .sip.auth.user.1',
    'set .sip.auth.user.1.enable="1"',
    'set .sip.auth.user.1.username="2001"',
    'set .sip.auth.user.1.password="secret-2001"',
    'cp .',
  ),
  changes: [set(REGISTRAR, 'new.example.net')],
  own: REGISTRAR,
  before: 'sip.example.net',
  after: 'new.example.net',
  impossible: [set('.sip.profile.1.registrar.9.ipname', 'new.example.net')],
};
const READ_BACK_ONLY = { MEDIA_PACK, MEDIANT, IOS, PATTON };
const ALL = { ...READ_BACK_ONLY, VEGA };
const named = (units: Readonly<Record<string, Unit>>) => Object.entries(units);

let bench: ConfigBench;
const open = async ({ gateway, initial }: Unit) => {
  bench = await configBench({
    gateway: { name: 'unit', macAddress: '00:0b:82:00:00:01', ports: [{ device: 'unused' }], ...gateway },
    initial: () => initial,
    accounts: [{ user: '2001', password: 'secret-2001' }],
  });
  await bench.pass(20);
};
afterEach(async () => {
  await bench.close();
});

const setting = ({ own }: Unit) => bench.gateway.provisioning?.settings.get(own);
const strike = (kind: 'provisioning-refuses' | 'comes-back-wrong') =>
  bench.gateway.living.setFault({ kind, port: null, delayMs: 1, corruption: 'mixed' });
/** Switches the unit off and on: what it did not store is gone. */
const powerCycle = async () => {
  bench.gateway.living.setFault({ kind: 'power-loss', port: null, delayMs: 1, corruption: 'mixed' }, { forMs: 5_000 });
  await bench.pass(90);
};

describe.for(named(ALL))('%s', ([, unit]) => {
  test('takes a change, proves it, and has it after a restart', async () => {
    await open(unit);
    const end = await bench.run(await bench.request({ changes: unit.changes, acceptsReadBack: true }));
    expect(end).toMatchObject({ state: 'confirmed', reasonCode: null, holds: 'after' });
    await powerCycle();
    expect(setting(unit)).toContain(unit.after);
    expect(JSON.stringify(bench.progress)).not.toContain('secret-2001');
  });

  test('goes back from values that it changed by itself, also after a restart', async () => {
    await open(unit);
    const request = await bench.request({ changes: unit.changes, acceptsReadBack: true });
    strike('comes-back-wrong');
    const end = await bench.run(request, {
      onSave: (save) => {
        if (save === 6) bench.gateway.living.clearFaults(() => true);
      },
    });
    expect(end).toMatchObject({ state: 'reverted', reasonCode: 'read-back-differs', holds: 'before' });
    expect(setting(unit)).toContain(unit.before);
    await powerCycle();
    expect(setting(unit)).toContain(unit.before);
  });

  test('that refuses has what it had', async () => {
    await open(unit);
    const request = await bench.request({ changes: unit.changes, acceptsReadBack: true });
    strike('provisioning-refuses');
    const end = await bench.run(request, {
      onSave: (save) => {
        if (save === 5) bench.gateway.living.clearFaults(() => true);
      },
    });
    expect(end.state).toBe('reverted');
    expect(end.reasonCode).toMatch(/^write-refused$|^read-back-differs$/);
    expect(setting(unit)).toContain(unit.before);
  });

  test.for([
    ['a wrong login', 'login-refused'],
    ['a change that cannot be written', 'malformed'],
  ] as const)('is not written with %s', async ([what, reason]) => {
    await open(unit);
    const isLogin = reason === 'login-refused';
    const request = await bench.request({ changes: isLogin ? unit.changes : unit.impossible, acceptsReadBack: true });
    const access = { ...request.access!, password: isLogin ? 'not-it' : request.access!.password! };
    const end = await bench.run({ ...request, access });
    expect([what, end.state, end.reasonCode, end.holds]).toEqual([what, 'failed', reason, 'before']);
    expect(setting(unit)).toContain(unit.before);
  });
});

test.for(named(READ_BACK_ONLY))(
  '%s is not changed unless a person accepts the read-back as proof',
  async ([, unit]) => {
    await open(unit);
    const end = await bench.run(await bench.request({ changes: unit.changes }));
    expect(end).toMatchObject({ state: 'failed', reasonCode: 'not-provable', holds: 'before' });
  },
);

test('a Vega with a registrar that nobody knows goes back by itself', async () => {
  await open(VEGA);
  const end = await bench.run(await bench.request({ changes: [set(REGISTRAR, 'sip.exmaple.net')] }));
  expect(end).toMatchObject({ state: 'reverted', reasonCode: 'registration-lost', holds: 'before' });
  await bench.pass(10);
  expect([setting(VEGA), bench.registrations()[0]]).toEqual(['sip.example.net', 'registered']);
});

test('Cisco IOS shows that its lines are idle, and has no timer pending once a change is confirmed', async () => {
  await open(IOS);
  const request = await bench.request({ changes: IOS.changes, acceptsReadBack: true, overrideReason: null });
  const end = await bench.run(request);
  expect(end.state).toBe('confirmed');
  // Its own timer runs longer than the agent waits in an outage.
  await bench.pass(40 * 60);
  expect(setting(IOS)).toBe('Lift');
});

test('a unit of which no mark is known is sent no login', async () => {
  await open(MEDIA_PACK);
  const request = await bench.request({ changes: MEDIA_PACK.changes, acceptsReadBack: true });
  const expects = { ...request.expects, macAddress: null, serialNumber: null };
  expect(await bench.run({ ...request, expects })).toMatchObject({ state: 'failed', reasonCode: 'unidentified' });
});
