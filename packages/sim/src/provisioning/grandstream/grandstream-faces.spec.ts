import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { LOGIN } from '../../testing/provisioned-gateway.ts';
import { pValuesOf } from './p-values.ts';
import { file, started, PATH } from '../../testing/grandstream-unit.ts';

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
