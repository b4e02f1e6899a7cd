import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAC, ProvisionedGateway } from '../../testing/provisioned-gateway.ts';
import { pValuesOf } from './p-values.ts';
import { file, started, PATH } from '../../testing/grandstream-unit.ts';

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
