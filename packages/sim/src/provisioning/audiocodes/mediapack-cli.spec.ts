import { describe, expect, test } from 'vitest';
import { lines, ACCOUNTS, mediaPack, CONF, configuring } from '../../testing/audiocodes-unit.ts';

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
