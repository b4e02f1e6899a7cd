import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask } from '../../testing/digest-request.ts';
import { LOGIN, ProvisionedGateway } from '../../testing/provisioned-gateway.ts';
import { lines, ACCOUNTS, WORKING } from '../../testing/audiocodes-unit.ts';

describe('the REST interface of a Mediant', () => {
  const authorization = `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')}`;
  const mediant = async () => {
    const it = await ProvisionedGateway.start({
      driver: 'audiocodes',
      model: 'Mediant 500 E-SBC',
      initial: () => WORKING,
    });
    const call = (method: string, path: string, body?: string, headers = {}) =>
      ask(`http://127.0.0.1:${it.unit.endpoints.http}/api/v1${path}`, {
        method,
        body,
        headers: { authorization, ...headers },
      });
    return { it, call };
  };

  test('needs a login', async () => {
    const { call } = await mediant();
    expect((await call('GET', '/files/ini', undefined, { authorization: 'Basic eDp4' })).status).toBe(401);
  });

  test('a full file puts the rest to its defaults, keeps the secret table, and resets', async () => {
    const { it, call } = await mediant();
    const file = lines('IsRegisterNeeded = 1', "ProxyName = 'sip.example.net'");
    const part = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.ini"\r\n\r\n${file}\r\n--b--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expect((await call('PUT', '/files/ini', part, headers)).status).toBe(200);
    await it.restarted();
    expect(it.unit.reboots).toBe(1);
    expect([it.unit.settings.get('RegistrarIP'), it.unit.settings.get('TrunkGroup[0].FirstPhoneNumber')]).toEqual([
      '',
      undefined,
    ]);
    expect(it.unit.settings.get('Authentication[1].UserId')).toBe('2002');
  });

  test('an incremental file does not reset, and is lost unless it is saved', async () => {
    const { it, call } = await mediant();
    expect((await call('PUT', '/files/ini/incremental', lines('RegistrationTime = 60'))).status).toBe(200);
    expect([it.unit.settings.get('RegistrationTime'), it.unit.reboots]).toEqual(['60', 0]);
    await call('POST', '/actions/reset');
    await it.restarted();
    expect(it.unit.settings.get('RegistrationTime')).toBe('180');
    await call('PUT', '/files/ini/incremental', lines('RegistrationTime = 90'));
    await call('POST', '/actions/saveConfiguration');
    await call('POST', '/actions/reset');
    await it.restarted();
    expect(it.unit.settings.get('RegistrationTime')).toBe('90');
  });

  test('a bad file is 400, a busy unit 409, and what is read can be written back', async () => {
    const { it, call } = await mediant();
    expect((await call('PUT', '/files/ini', ACCOUNTS.replace('2002, secret-2002', '2002'))).status).toBe(400);
    const { body } = await call('GET', '/files/ini');
    expect(body).toMatch(/TrunkGroup 0 = 0, 255, 1, 2, "2001"/);
    expect((await call('PUT', '/files/ini/incremental', body)).status).toBe(200);
    await it.pass(10);
    expect(it.registrations().slice(0, 2)).toEqual(['registered', 'registered']);
    it.gateway.living.setFault({ kind: 'provisioning-refuses', port: null, delayMs: 1, corruption: 'mixed' });
    expect((await call('PUT', '/files/ini/incremental', body)).status).toBe(409);
  });

  test('what is written is what is stored', async () => {
    const { it, call } = await mediant();
    const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/);
    const values = fc.record({
      RegistrationTime: fc.nat({ max: 100_000 }).map(String),
      ProxyName: word,
      SIPGatewayName: word,
      Password: word,
      InputGain: fc.integer({ min: -50, max: 50 }).map(String),
    });
    await fc.assert(
      fc.asyncProperty(values, fc.array(word, { maxLength: 4 }), async (given, names) => {
        const rows = names.map((name, at) => `CallerDisplayInfo ${at} = "${name}", 0;`);
        const text = lines(
          ...Object.entries(given).map(([name, value]) => `${name.toUpperCase()}=${value}`),
          '[ CallerDisplayInfo ]',
          'FORMAT CallerDisplayInfo_Index = CallerDisplayInfo_DisplayString, CallerDisplayInfo_IsCidRestricted;',
          ...rows,
          '[ \\CallerDisplayInfo ]',
        );
        expect((await call('PUT', '/files/ini/incremental', text)).status).toBe(200);
        for (const [name, value] of Object.entries(given)) expect(it.unit.settings.get(name)).toBe(value);
        const stored = [...it.unit.settings].filter(([key]) => /^CallerDisplayInfo.*DisplayString$/.test(key));
        expect(stored.map(([, value]) => value)).toEqual(names);
      }),
      { numRuns: 20 },
    );
  });
});
