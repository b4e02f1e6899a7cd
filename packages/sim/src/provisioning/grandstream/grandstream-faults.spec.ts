import { describe, expect, test } from 'vitest';
import { file, started, PATH } from '../../testing/grandstream-unit.ts';

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
