import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask } from '../../testing/digest-request.ts';
import { LOGIN, ProvisionedGateway } from '../../testing/provisioned-gateway.ts';
import { obfuscated, revealed } from './obfuscation.ts';

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');
const ACCOUNTS = lines(
  '[ TrunkGroup ]',
  'FORMAT TrunkGroup_Index = TrunkGroup_FirstBChannel, TrunkGroup_LastBChannel, TrunkGroup_FirstPhoneNumber;',
  'TrunkGroup 0 = 1, 2, 2001;',
  '[ \\TrunkGroup ]',
  '[ Authentication ]',
  'FORMAT Authentication_Index = Authentication_UserId, Authentication_UserPassword;',
  'Authentication 0 = 2001, secret-2001;',
  'Authentication 1 = 2002, secret-2002;',
  '[ \\Authentication ]',
);
const WORKING = lines('IsRegisterNeeded = 1', "REGISTRARIP = 'sip.example.net'") + ACCOUNTS;

const mediaPack = (more = '') =>
  ProvisionedGateway.start({ driver: 'audiocodes', model: 'MP-112', initial: () => WORKING + more });
const ROOT = /\/>$/;
const CONF = /\/CONFiguration>$/;

/** A shell in the configuration folder, and what `cf set` answers. */
async function configuring(it: ProvisionedGateway) {
  const shell = await it.ssh();
  await shell.until(ROOT);
  await shell.ask('conf', CONF);
  return {
    shell,
    set: async (text: string) => {
      await shell.ask('cf set', /finish\.\r\n$/);
      shell.write(text);
      return shell.ask('.', CONF);
    },
  };
}

describe('the shell of a MediaPack', () => {
  test('reads what is not the default, with secrets obfuscated and an end', async () => {
    const it = await mediaPack();
    const { shell } = await configuring(it);
    const text = (await shell.ask('cf get', CONF)).replaceAll('\r', '');
    expect(text).toContain("RegistrarIP = 'sip.example.net'");
    expect(text).not.toContain('RegistrationTime');
    expect(text).toMatch(/Authentication 0 = 2001, \$1\$[\w+/=]+, 255, 255, 255;/);
    expect(text).not.toContain('secret-2001');
    expect(text).toContain('contains hidden elements');
    expect(text).toMatch(/; End of INI file\.\n/);
  });

  test('cf set runs at once, is lost at a reset, and kept with SCN', async () => {
    const it = await mediaPack();
    await it.pass(10);
    expect(it.registrations()).toEqual(['registered', 'registered']);
    const { shell, set } = await configuring(it);
    await set(lines("RegistrarIP = 'down.example.net'", "DigitMapping = '112|xxxx'"));
    await it.pass(10);
    expect(it.registrations()).toEqual(['unreachable', 'unreachable']);
    expect(it.unit.dial(1, '112')).toMatchObject({ number: '112', when: 'at-once' });
    shell.write('RSD\r');
    await shell.closed();
    await it.restarted();
    expect([it.unit.reboots, it.registrations()]).toEqual([1, ['registered', 'registered']]);
    const again = await configuring(it);
    await again.set(lines("DigitMapping = '999'"));
    await again.shell.ask('SCN', CONF);
    again.shell.write('RSD\r');
    await again.shell.closed();
    await it.restarted();
    expect(it.unit.settings.get('DigitMapping')).toBe('999');
  });

  test('a misspelt name is passed over, a wrong value becomes another', async () => {
    const it = await mediaPack();
    const { set } = await configuring(it);
    await set(lines('RegistrationTme = 60', 'RegistrationTime = soon', "DigitMapping = '" + 'x'.repeat(153) + "'"));
    expect(it.unit.settings.has('RegistrationTme')).toBe(false);
    expect([it.unit.settings.get('RegistrationTime'), it.unit.settings.get('DigitMapping')]).toEqual(['0', '']);
  });

  test.for<[string, string]>([
    ['an unknown column', ACCOUNTS.replace('Authentication_UserPassword', 'Authentication_Passwd')],
    ['columns without prefix', ACCOUNTS.replaceAll('Authentication_', '')],
    ['a value too few', ACCOUNTS.replace('2002, secret-2002', '2002')],
    ['an index twice', ACCOUNTS.replace('Authentication 1', 'Authentication 0')],
    ['a row without its end', ACCOUNTS.replace('secret-2002;', 'secret-2002')],
    ['a row before FORMAT', ACCOUNTS.replace(/FORMAT Auth.*\r\n/, '')],
    ['a table that is not closed', ACCOUNTS.replace('[ \\Authentication ]\r\n', '')],
  ])('%s fails the whole load', async ([, text]) => {
    const it = await mediaPack();
    const { set } = await configuring(it);
    const before = new Map(it.unit.settings);
    expect(await set(lines('RegistrationTime = 60') + text)).toContain('INI file error');
    expect(new Map(it.unit.settings)).toEqual(before);
  });

  test('a table replaces all its rows, and an empty one deletes them', async () => {
    const it = await mediaPack();
    const { set } = await configuring(it);
    await set(ACCOUNTS.replace(/Authentication \d.*\r\n/g, ''));
    await it.pass(10);
    expect(it.registrations()).toEqual(['rejected', 'rejected']);
  });

  test('what needs a reset acts after one', async () => {
    const it = await mediaPack();
    const { shell, set } = await configuring(it);
    await set(lines('CallerIDType = 1'));
    expect([it.unit.settings.get('CallerIDType'), it.unit.lines[0]?.callerId]).toEqual(['1', '0']);
    await shell.ask('SCN', CONF);
    shell.write('RSD\r');
    await shell.closed();
    await it.restarted();
    expect(it.unit.lines[0]?.callerId).toBe('1');
  });

  test.for([1, 20, 36])('a connection cut after %i bytes of input writes nothing', async (atByte) => {
    const it = await mediaPack();
    it.gateway.living.setFault({ kind: 'transfer-cut', port: null, delayMs: 1, corruption: 'mixed', atByte });
    const shell = await it.ssh();
    shell.write(`conf\rcf set\rRegistrationTime = 60\r\n.\r`);
    await shell.closed();
    expect(it.unit.settings.get('RegistrationTime')).toBe('180');
  });
});

describe('automatic update', () => {
  const dated = (text: string, honest: boolean) =>
    ((request, response) => {
      if (honest && request.headers['if-modified-since'] !== undefined) response.writeHead(304).end();
      else response.writeHead(200).end(text);
    }) satisfies Parameters<ProvisionedGateway['files']['pages']['set']>[1];
  const updating = () =>
    ProvisionedGateway.start({
      driver: 'audiocodes',
      model: 'MP-112',
      initial: (host) => lines(`IniFileURL = 'http://${host}/<MAC>.ini'`, 'AutoUpdateFrequency = 10'),
    });
  const FILE = lines('RegistrationTime = 60', 'INIFileVersion = 7', 'ResetNow = 1');

  test('takes a file once from a server that answers 304, and says which it runs', async () => {
    const it = await updating();
    it.files.pages.set('/000b82000001.ini', dated(FILE, true));
    await it.pass(600);
    await it.restarted();
    await it.restarted();
    expect([it.unit.reboots, it.unit.settings.get('RegistrationTime')]).toEqual([1, '60']);
    expect(it.files.asked.at(-1)?.headers['user-agent']).toMatch(
      /^Mozilla\/4.0 \(compatible; AudioCodes;MP-112;.*;7\)$/,
    );
  });

  test('resets again and again where the server ignores If-Modified-Since', async () => {
    const it = await updating();
    it.files.pages.set('/000b82000001.ini', dated(FILE, false));
    await it.pass(600);
    for (let round = 0; round < 3; round += 1) await it.restarted();
    expect(it.unit.reboots).toBeGreaterThanOrEqual(3);
  });

  test('AUPDCheckIfIniChanged 2 knows the same lines in another order', async () => {
    const it = await updating();
    it.files.pages.set('/000b82000001.ini', dated(lines('AUPDCheckIfIniChanged = 2') + FILE, false));
    await it.pass(600);
    await it.restarted();
    await it.restarted();
    const { reboots } = it.unit;
    it.files.pages.set('/000b82000001.ini', dated(FILE + lines('AUPDCheckIfIniChanged = 2'), false));
    await it.pass(600);
    await it.restarted();
    expect(it.unit.reboots).toBe(reboots);
  });
});

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

test('an obfuscated secret comes back, and the empty one looks as on a unit', () => {
  expect(obfuscated('')).toBe('$1$gQ==');
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(revealed(obfuscated(text))).toBe(text);
    }),
  );
});
