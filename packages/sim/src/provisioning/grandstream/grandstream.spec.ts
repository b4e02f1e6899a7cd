import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { LOGIN, MAC, ProvisionedGateway } from '../../testing/provisioned-gateway.ts';
import { pValuesOf } from './p-values.ts';

const file = (values: Readonly<Record<string, string>>, mac = MAC) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<gs_provision version="1"><mac>${mac}</mac><config version="1">\n${Object.entries(
    values,
  )
    .map(([key, value]) => `<${key}>${escaped(value)}</${key}>`)
    .join('\n')}\n</config></gs_provision>`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An HT802 whose two ports are registered, and which asks `host` for its configuration. */
const HT802 = (host: string) =>
  file({
    P237: `${host}/gs`,
    P47: 'sip.example.net',
    P35: '2001',
    P34: 'secret-2001',
    P747: 'sip.example.net',
    P735: '2002',
    P734: 'secret-2002',
  });
const started = () =>
  ProvisionedGateway.start({
    driver: 'grandstream-ht',
    model: 'HT802',
    ports: [{ device: 'phone' }, { device: 'phone' }],
    initial: HT802,
  });
const PATH = `/gs/cfg${MAC}.xml`;

describe('at boot', () => {
  test('it asks for the binary file, its own file and the common one, and says who it is', async () => {
    const it = await started();
    expect(it.files.asked.map(({ path }) => path)).toEqual([`/gs/cfg${MAC}`, PATH, '/gs/cfg.xml']);
    expect(it.files.asked[0]?.headers['user-agent']).toBe(`Grandstream Model HW HT802 V1.0A SW 1.0.53.3 DevId ${MAC}`);
    expect(it.unit.configFetches.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  test('it sends its login once the server asks for one', async () => {
    const it = await ProvisionedGateway.start({
      driver: 'grandstream-ht',
      model: 'HT802',
      initial: (host) => file({ P237: host, P1360: 'prov', P1361: 'word-1' }),
    });
    it.files.pages.set(`/cfg${MAC}.xml`, (request, response) => {
      const given = request.headers.authorization;
      if (given === `Basic ${Buffer.from('prov:word-1').toString('base64')}`) response.end(file({ P3: 'Lobby' }));
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="files"' }).end();
    });
    await it.notify('resync');
    expect(it.unit.settings.get('P3')).toBe('Lobby');
  });
});

describe('a file', () => {
  test('sets what it names, leaves the rest, and a wrong password ends the registration', async () => {
    const it = await started();
    await it.pass(10);
    expect(it.registrations()).toEqual(['registered', 'registered']);
    it.files.pages.set(PATH, file({ P34: 'secret-9999', P3: 'Lift 1' }));
    expect(await it.notify('resync')).toMatch(/^SIP\/2.0 200 OK/);
    await it.pass(10);
    expect(it.registrations()).toEqual(['rejected', 'registered']);
    expect(it.unit.settings.get('P35')).toBe('2001');
    expect(it.unit.reboots).toBe(0);
  });

  test.for<[string, Record<string, string>, string]>([
    ['a registrar that does not answer', { P47: 'down.example.net' }, 'unreachable'],
    ['a registrar that nobody knows', { P47: 'sip.exmaple.net' }, 'unreachable'],
    ['another user', { P35: '2999' }, 'rejected'],
    ['no user', { P35: '' }, 'unregistered'],
    ['an inactive account', { P271: '0' }, 'unregistered'],
  ])('with %s', async ([, values, registration]) => {
    const it = await started();
    await it.pass(10);
    it.files.pages.set(PATH, file(values));
    await it.notify('resync');
    await it.pass(10);
    expect(it.registrations()).toEqual([registration, 'registered']);
  });

  test.for<[string, string]>([
    ['for another unit', file({ P3: 'x' }, '000b82000002')],
    ['with a wrong end tag', file({ P3: 'x' }).replace('</P3>', '</3>')],
    ['with a bare ampersand', file({ P3: 'x' }).replace('>x<', '>a & b<')],
    ['that ends too early', file({ P3: 'x' }).slice(0, -20)],
    ['with another root', '<html><body>Not found</body></html>'],
    ['without anything', ''],
  ])('%s changes nothing', async ([, text]) => {
    const it = await started();
    const before = new Map(it.unit.settings);
    it.files.pages.set(PATH, text);
    await it.notify('resync');
    expect(it.unit.configFetches.at(-1)?.url).toContain('/cfg.xml');
    expect(new Map(it.unit.settings)).toEqual(before);
  });

  test('unknown keys, long texts, spaces in passwords and numbers out of range are passed over silently', async () => {
    const it = await started();
    it.files.pages.set(
      PATH,
      file({ P99999: '1', P3: 'x'.repeat(65), P34: 'a b', P32: '0', P85: 'soon', P703: 'Lift 2' }),
    );
    await it.notify('resync');
    const get = (key: string) => it.unit.settings.get(key);
    expect([get('P99999'), get('P3'), get('P34'), get('P32'), get('P85'), get('P703')]).toEqual([
      undefined,
      '',
      'secret-2001',
      '60',
      '4',
      'Lift 2',
    ]);
  });

  test('of the same key twice, the last holds', async () => {
    const it = await started();
    it.files.pages.set(PATH, file({ P3: 'first' }).replace('</P3>', '</P3><P3>second</P3>'));
    await it.notify('resync');
    expect(it.unit.settings.get('P3')).toBe('second');
  });

  test('a key that needs a restart restarts it', async () => {
    const it = await started();
    it.files.pages.set(PATH, file({ P8463: '1' }));
    await it.notify('resync');
    expect(it.gateway.living.down).toBe(true);
    await it.restarted();
    expect([it.unit.reboots, it.registrations()]).toEqual([1, ['registered', 'registered']]);
  });

  test('what is written is what is stored', async () => {
    const it = await started();
    const known = pValuesOf('HT802', 2);
    // Keys that say where the next file is, or who may ask for it, are left out.
    const ways = new Set(['P212', 'P234', 'P235', 'P237', 'P1360', 'P4428']);
    const key = fc.constantFrom(...[...known.keys()].filter((name) => !ways.has(name)), 'P1', 'P77777');
    const value = fc.oneof(fc.string({ maxLength: 80 }), fc.nat({ max: 300 }).map(String), fc.constant(''));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 8 }), async (values) => {
        const before = new Map(it.unit.settings);
        it.files.pages.set(PATH, file(values));
        await it.notify('resync');
        for (const [name, now] of it.unit.settings) {
          const given = values[name];
          expect(now).toBe(given !== undefined && known.get(name)?.accepts(given) ? given : before.get(name));
        }
        if (it.gateway.living.down) await it.restarted();
      }),
      { numRuns: 25 },
    );
  });
});

describe('NOTIFY', () => {
  test('check-sync restarts it, and then it asks', async () => {
    const it = await started();
    it.files.pages.set(PATH, file({ P3: 'Lobby' }));
    await it.notify('check-sync');
    expect(it.unit.settings.get('P3')).toBe('');
    await it.restarted();
    expect([it.unit.reboots, it.unit.settings.get('P3')]).toEqual([1, 'Lobby']);
  });

  test('is challenged once P4428 is 0', async () => {
    const it = await started();
    it.files.pages.set(PATH, file({ P4428: '0' }));
    await it.notify('resync');
    const asked = it.unit.configFetches.length;
    const challenge = await it.notify('resync');
    expect(challenge).toMatch(/^SIP\/2.0 401 Unauthorized/);
    expect(it.unit.configFetches).toHaveLength(asked);
    const nonce = /nonce="(\w+)"/.exec(challenge)?.[1] ?? '';
    const md5 = (text: string) => createHash('md5').update(text).digest('hex');
    const answer = (password: string) => {
      const response = md5(
        `${md5(`admin:unit:${password}`)}:${nonce}:00000001:0a0b:auth:${md5('NOTIFY:sip:unit@127.0.0.1')}`,
      );
      return `Authorization: Digest username="admin", realm="unit", nonce="${nonce}", uri="sip:unit@127.0.0.1", qop=auth, nc=00000001, cnonce="0a0b", response="${response}"\r\n`;
    };
    expect(await it.notify('resync', answer('wrong'))).toMatch(/^SIP\/2.0 401/);
    expect(await it.notify('resync', answer(LOGIN.password))).toMatch(/^SIP\/2.0 200/);
    expect(it.unit.configFetches.length).toBeGreaterThan(asked);
  });
});

describe('SSH', () => {
  test('a wrong password is refused', async () => {
    const it = await started();
    await expect(it.ssh({ username: 'admin', password: 'wrong' })).rejects.toThrow(/authentication/i);
  });

  test('export prints every value in hash order, defaults too, passwords blank', async () => {
    const it = await started();
    const shell = await it.ssh();
    await shell.until(/GS> $/);
    expect(await shell.ask('export', /GS> $/)).toContain('command not found');
    await shell.ask('config', /CONFIG> $/);
    const text = await shell.ask('export', /CONFIG> $/);
    const pairs = [...text.matchAll(/<(P\d+)>([^<]*)<\/\1>/g)].map(([, key = '', value = '']) => [key, value] as const);
    const printed = new Map(pairs);
    expect(printed.size).toBe(pValuesOf('HT802', 2).size);
    expect([printed.get('P35'), printed.get('P34'), printed.get('P32'), printed.get('P2')]).toEqual([
      '2001',
      '',
      '60',
      '',
    ]);
    const numbers = pairs.map(([key]) => Number(key.slice(1)));
    expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
    expect(printed.get('P8214')).toContain('\n');
  });
});

describe('faults', () => {
  test.for([0, 1, 100, 250])('a transfer that is cut after %i bytes changes nothing', async (atByte) => {
    const it = await started();
    const text = file({ P3: 'Lobby', P4000: 'f1=350@-13,c=0/0;'.padEnd(250, ' ') });
    it.files.pages.set(PATH, text);
    const fault = { kind: 'transfer-cut', port: null, delayMs: 1, corruption: 'mixed' } as const;
    it.gateway.living.setFault({ ...fault, atByte });
    await it.notify('resync');
    expect(it.unit.settings.get('P3')).toBe('');
    it.gateway.living.clearFaults(() => true);
    await it.notify('resync');
    expect(it.unit.settings.get('P3')).toBe('Lobby');
  });

  test.for([
    ['fetch', ''],
    ['parse', ''],
    ['write', ''],
    ['reboot', 'Lobby'],
  ] as const)('a power cut in %s leaves the name "%s"', async ([phase, name]) => {
    const it = await started();
    it.files.pages.set(PATH, file({ P3: 'Lobby', P8463: '1' }));
    it.gateway.living.setFault({ kind: 'power-cut', port: null, delayMs: 1, corruption: 'mixed', phase, atByte: 10 });
    await it.notify('resync');
    expect([it.gateway.living.down, it.unit.settings.get('P3')]).toEqual([true, name]);
    it.files.pages.clear();
    await it.restarted();
    expect([it.gateway.living.down, it.unit.settings.get('P3'), it.unit.reboots]).toEqual([false, name, 1]);
  });

  test('a unit that refuses, one that comes back wrong, one that forgets and one that stays away', async () => {
    const it = await started();
    await it.pass(10);
    it.files.pages.set(PATH, file({ P3: 'Lobby', P32: '30' }));
    const set = (kind: 'provisioning-refuses' | 'comes-back-wrong' | 'forgets-registration' | 'never-comes-back') =>
      it.gateway.living.setFault({ kind, port: null, delayMs: 1, corruption: 'mixed', settingKey: 'P32' });
    set('provisioning-refuses');
    await it.notify('resync');
    expect(it.unit.settings.get('P3')).toBe('');
    it.gateway.living.clearFaults(() => true);
    set('comes-back-wrong');
    set('forgets-registration');
    await it.notify('resync');
    await it.pass(10);
    expect([it.unit.settings.get('P3'), it.unit.settings.get('P32')]).toEqual(['Lobby', '31']);
    expect(it.registrations()).toEqual(['unregistered', 'unregistered']);
    it.gateway.living.clearFaults(() => true);
    set('never-comes-back');
    await it.notify('check-sync');
    await it.pass(300);
    expect(it.gateway.living.down).toBe(true);
    await expect(it.ssh()).rejects.toThrow(/./);
  });
});

test('a restart cuts calls, and they are counted', async () => {
  const it = await started();
  const talking = () => it.gateway.living.life.ports.filter(({ call }) => call === 'talking').length;
  for (let step = 0; step < 20_000 && talking() === 0; step += 1) {
    it.clock.at += 5_000;
    it.gateway.tick(it.clock.at);
  }
  const calls = talking();
  expect(calls).toBeGreaterThan(0);
  await it.notify('check-sync');
  expect(it.unit.callsCut).toBeGreaterThanOrEqual(calls);
});
