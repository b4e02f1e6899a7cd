import { afterEach, describe, expect, test } from 'vitest';
import type { ConfigChange } from '@loopstart/contracts';
import { configBench, type ConfigBench } from '../testing/config-bench.ts';

const MAC = '000b82000001';
const file = (values: Readonly<Record<string, string>>) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1"><mac>${MAC}</mac><config version="1">\n${Object.entries(
    values,
  )
    .map(([key, value]) => `<${key}>${value}</${key}>`)
    .join('\n')}\n</config></gs_provision>`;

let bench: ConfigBench;
const open = async (part: Readonly<Record<string, string>> = {}) => {
  bench = await configBench({
    gateway: {
      name: 'unit',
      driver: 'grandstream-ht',
      model: 'HT802',
      macAddress: '00:0b:82:00:00:01',
      ports: [{ device: 'unused' }, { device: 'unused' }],
    },
    initial: (files) =>
      file({
        P237: `${files}/gs`,
        P4428: '0',
        P47: 'sip.example.net',
        P35: '2001',
        P34: 'secret-2001',
        P747: 'sip.example.net',
        P735: '2002',
        P734: 'secret-2002',
        ...part,
      }),
    accounts: [
      { user: '2001', password: 'secret-2001' },
      { user: '2002', password: 'secret-2002' },
    ],
  });
  await bench.pass(10);
  return bench;
};
afterEach(async () => {
  await bench.close();
});

const set = (key: string, value: string, secret?: string): ConfigChange =>
  secret === undefined ? { kind: 'set', key, value } : { kind: 'set', key, value, secret: true, former: secret };
const setting = (key: string) => bench.gateway.provisioning?.settings.get(key);
const states = () =>
  bench.progress.map(({ state, reasonCode }) => (reasonCode === null ? state : `${state}: ${reasonCode}`));

describe('a Grandstream HT802', () => {
  test('with another registrar registers there, and is confirmed', async () => {
    await open();
    const request = await bench.request({ changes: [set('P47', 'new.example.net'), set('P747', 'new.example.net')] });
    const end = await bench.run(request);
    expect(end).toMatchObject({ state: 'confirmed', reasonCode: null, holds: 'after', verdict: 'works' });
    expect([setting('P47'), setting('P35'), bench.registrations()]).toEqual([
      'new.example.net',
      '2001',
      ['registered', 'registered'],
    ]);
    expect(states()).toEqual(['waiting', 'applying', 'applied-unconfirmed', 'confirmed']);
    expect(end.evidence).toMatchObject({ registeredBefore: [1, 2], registeredAfter: [1, 2], differencesTotal: 0 });
    expect(end.evidence.fingerprintAfter).not.toBe(end.evidence.fingerprintBefore);
    expect(bench.running.map(({ moment, format }) => [moment, format])).toEqual([
      ['before', 'grandstream-xml'],
      ['after', 'grandstream-xml'],
    ]);
  });

  test('whose window is over is not written before the next one', async () => {
    await open();
    const change = await bench.request({ changes: [set('P47', 'new.example.net'), set('P747', 'new.example.net')] });
    const end = await bench.run(
      { ...change, windowUntil: bench.now() - 1 },
      { again: { ...change, windowUntil: change.expiresAt } },
    );
    expect(end).toMatchObject({ state: 'confirmed', windowUntil: change.expiresAt });
    expect(states()).toEqual([
      'waiting',
      'waiting: window',
      'waiting: window',
      'applying',
      'applied-unconfirmed',
      'confirmed',
    ]);
    expect(bench.progress.map(({ windowUntil }) => windowUntil === change.expiresAt)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  test('is only read where that is asked, and nothing of it changes', async () => {
    await open();
    const end = await bench.run(await bench.request({ purpose: 'read', changes: [] }));
    expect(end).toMatchObject({ state: 'confirmed', holds: 'before', verdict: null });
    expect(bench.running.map(({ moment }) => moment)).toEqual(['before']);
    expect(states()).toEqual(['waiting', 'confirmed']);
  });

  test('with a wrong registrar and password goes back by itself, also to what the unit does not show', async () => {
    await open();
    const changes = [set('P47', 'sip.exmaple.net'), set('P34', 'secret-9999', 'secret-2001')];
    const end = await bench.run(await bench.request({ changes }));
    expect(end).toMatchObject({ state: 'reverted', reasonCode: 'registration-lost', holds: 'before' });
    await bench.pass(10);
    expect([setting('P47'), setting('P34'), bench.registrations()]).toEqual([
      'sip.example.net',
      'secret-2001',
      ['registered', 'registered'],
    ]);
    expect(JSON.stringify([bench.progress, bench.running])).not.toMatch(/secret-/);
  });

  test.for<[string, ConfigChange[], string]>([
    [
      'a secret whose present value nobody knows',
      [{ kind: 'set', key: 'P34', value: 'x', secret: true }],
      'former-secret-unknown',
    ],
    ['a setting that it does not have', [set('P99999', '1')], 'malformed'],
    ['a setting that would be removed', [{ kind: 'remove', key: 'P47' }], 'malformed'],
  ])('is not written with %s', async ([, changes, reason]) => {
    await open();
    const fetches = bench.gateway.provisioning?.configFetches.length;
    expect(await bench.run(await bench.request({ changes }))).toMatchObject({ state: 'failed', reasonCode: reason });
    expect(bench.gateway.provisioning?.configFetches.length).toBe(fetches);
  });

  test('that fetches its configuration elsewhere is not written', async () => {
    await open({ P237: 'config.example.net/gs' });
    const end = await bench.run(await bench.request({ changes: [set('P47', 'new.example.net')] }));
    expect(end).toMatchObject({ state: 'failed', reasonCode: 'no-access' });
  });

  test('with a login that is wrong is not written', async () => {
    await open();
    const request = await bench.request({ changes: [set('P47', 'new.example.net')] });
    const access = { ...request.access!, password: 'not-it' };
    expect(await bench.run({ ...request, access })).toMatchObject({ state: 'failed', reasonCode: 'login-refused' });
  });
});
