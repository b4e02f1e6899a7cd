import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decoded7, encoded7 } from './password7.ts';
import { started, EXEC, MODE, shellOf, show } from '../../testing/ios-unit.ts';

describe('configure terminal', () => {
  test('lines run at once, bad ones are answered and the rest applied', async () => {
    const it = await started();
    await it.pass(10);
    expect(it.registrations()).toEqual(['registered', 'registered']);
    const shell = await shellOf(it);
    await shell.ask('configure terminal', MODE);
    await shell.ask('voice-port 0/1', /config-voiceport\)#$/);
    expect(await shell.ask('impedance complex9', MODE)).toContain("% Invalid input detected at '^' marker.");
    await shell.ask('station-id name Lift', MODE);
    expect(await shell.ask('voice-port 0/7', MODE)).toContain('% Invalid input');
    await shell.ask('sip-ua', /config-sip-ua\)#$/);
    await shell.ask('registrar ipv4:10.0.0.10 expires 3600', MODE);
    await shell.ask('end', EXEC);
    await it.pass(20);
    expect(it.registrations()).toEqual(['unreachable', 'unreachable']);
    expect(it.unit.settings.get('voice-port 0/1 > station-id name')).toBe('Lift');
  });

  test('no takes a line away, but not what is on by default', async () => {
    const it = await started();
    const shell = await shellOf(it);
    await shell.ask('configure terminal', MODE);
    await shell.ask('no dial-peer voice 2002', MODE);
    await shell.ask('voice-port 0/0', MODE);
    await shell.ask('no station-id name', MODE);
    await shell.ask('no supervisory disconnect lcfo', MODE);
    await shell.ask('end', EXEC);
    const text = await show(shell);
    expect(text).not.toMatch(/dial-peer voice 2002|station-id name/);
    expect(text).toContain(' no supervisory disconnect lcfo\n');
    await it.pass(5);
    expect(it.registrations()[1]).toBe('unregistered');
  });

  test('shutdown of one port takes the whole card', async () => {
    const it = await started();
    const shell = await shellOf(it);
    await shell.ask('configure terminal', MODE);
    await shell.ask('voice-port 0/1', MODE);
    await shell.ask('shutdown', MODE);
    expect(it.unit.lines.map(({ enabled }) => enabled)).toEqual([false, false]);
  });
});

describe('show running-config', () => {
  test('has its header, indents by one, and hides a password reversibly', async () => {
    const it = await started();
    const text = await show(await shellOf(it));
    expect(text).toMatch(/Building configuration\.\.\.\n\nCurrent configuration : \d+ bytes\n!/);
    expect(text).toContain(`\n authentication username 2001 password 7 ${encoded7('secret-2001')}\n`);
    expect(decoded7(encoded7('secret-2001'))).toBe('secret-2001');
    expect(text).toMatch(/\nend\n/);
  });

  test('stops at a page until a key', async () => {
    const it = await started();
    const shell = await it.ssh();
    await shell.until(EXEC);
    const first = await shell.ask('show running-config', /--More-- $/);
    expect(first.split('\n').length).toBeLessThan(30);
    shell.write(' ');
    expect(await shell.until(EXEC)).toContain('sip-ua');
  });

  test('can be read back as it is', async () => {
    const it = await started();
    const shell = await shellOf(it);
    const before = await show(shell);
    it.files.pages.set('/f', before);
    expect(await shell.ask(`configure replace http://${it.files.host}/f force`, EXEC)).toContain('Rollback Done');
    expect(await show(shell)).toBe(before);
  });
});

test('what is not written to memory is gone after a reload', async () => {
  const it = await started();
  for (const save of [false, true]) {
    const shell = await shellOf(it);
    await shell.ask('configure terminal', MODE);
    await shell.ask('voice-port 0/0', MODE);
    await shell.ask('station-id name Lift', MODE);
    await shell.ask('end', EXEC);
    if (save) await shell.ask('write memory', EXEC);
    else {
      await shell.ask('reload', /Save\? \[yes\/no\]: $/);
      await shell.ask('no', /\[confirm\]$/);
    }
    if (save) await shell.ask('reload', /\[confirm\]$/);
    shell.write('\r');
    await shell.closed();
    await it.restarted();
    expect(it.unit.settings.get('voice-port 0/0 > station-id name')).toBe(save ? 'Lift' : 'Room 1');
  }
});

test('a question mark is help, and no part of a line', async () => {
  const it = await started();
  const shell = await shellOf(it);
  await shell.ask('configure terminal', MODE);
  await shell.ask('voice-port 0/0', MODE);
  await shell.ask('station-id name a?b', MODE);
  await shell.ask('end', EXEC);
  expect(it.unit.settings.get('voice-port 0/0 > station-id name')).toBe('ab');
});

test('a connection that is cut leaves the whole lines before it', async () => {
  const it = await started();
  const text = 'configure terminal\rvoice-port 0/0\rstation-id name Lift\rdescription hall\r';
  it.gateway.living.setFault({ kind: 'transfer-cut', port: null, delayMs: 1, corruption: 'mixed', atByte: 60 });
  const shell = await it.ssh();
  shell.write(text);
  await shell.closed();
  expect(it.unit.settings.get('voice-port 0/0 > station-id name')).toBe('Lift');
  expect(it.unit.settings.get('voice-port 0/0 > description')).toBeUndefined();
});

test('what is written is what is stored', async () => {
  const it = await started();
  const shell = await shellOf(it);
  const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,20}$/);
  await fc.assert(
    fc.asyncProperty(word, word, fc.integer({ min: 0, max: 2500 }), async (name, description, denial) => {
      it.files.pages.set(
        '/m',
        `voice-port 0/1\n station-id name ${name}\n description ${description}\n timeouts power-denial ${denial}\n`,
      );
      await shell.ask(`copy http://${it.files.host}/m running-config`, /\? $/);
      await shell.ask('', EXEC);
      const get = (key: string) => it.unit.settings.get(`voice-port 0/1 > ${key}`);
      expect([get('station-id name'), get('description'), get('timeouts power-denial')]).toEqual([
        name,
        description,
        String(denial),
      ]);
    }),
    { numRuns: 10 },
  );
});
