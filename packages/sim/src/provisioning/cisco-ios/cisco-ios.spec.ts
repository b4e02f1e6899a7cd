import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProvisionedGateway } from '../../testing/provisioned-gateway.ts';
import { decoded7, encoded7 } from './password7.ts';

const peer = (port: number, user: string) => `dial-peer voice ${user} pots
 destination-pattern ${user}
 port 0/${port}
 authentication username ${user} password 0 secret-${user}
!
`;
const CONFIG = `hostname gw1
!
voice-port 0/0
 cptone GB
 station-id name Room 1
 caller-id enable
!
${peer(0, '2001')}${peer(1, '2002')}sip-ua
 registrar dns:sip.example.net expires 3600
!
end
`;
const started = () => ProvisionedGateway.start({ driver: 'cisco-ios', model: 'VG202', initial: () => CONFIG });
const EXEC = /gw1#$/;
const MODE = /gw1\(config[^)]*\)#$/;

/** A shell without pages. */
async function shellOf(it: ProvisionedGateway) {
  const shell = await it.ssh();
  await shell.until(EXEC);
  await shell.ask('terminal length 0', EXEC);
  return shell;
}
const show = async (shell: Awaited<ReturnType<typeof shellOf>>) =>
  (await shell.ask('show running-config', EXEC)).replaceAll('\r', '').split('\n').slice(1, -1).join('\n');

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

describe('configure replace', () => {
  const replacing = async (text: string, more: string) => {
    const it = await started();
    await it.pass(10);
    const shell = await shellOf(it);
    it.files.pages.set('/f', text);
    return { it, shell, output: await shell.ask(`configure replace http://${it.files.host}/f force ${more}`, EXEC) };
  };
  const WRONG = CONFIG.replace('sip.example.net', 'down.example.net');

  test('goes back by itself unless it is confirmed', async () => {
    const { it } = await replacing(WRONG, 'revert trigger error timer 5');
    await it.pass(20);
    expect(it.registrations()).toEqual(['unreachable', 'unreachable']);
    await it.pass(300);
    expect(it.registrations()).toEqual(['registered', 'registered']);
  });

  test('stays once it is confirmed', async () => {
    const { it, shell } = await replacing(WRONG, 'timer 5');
    await shell.ask('configure confirm', EXEC);
    await it.pass(320);
    expect(it.registrations()).toEqual(['unreachable', 'unreachable']);
    expect(await shell.ask('configure confirm', EXEC)).toContain('%No Rollback Confirmed Change pending');
  });

  test('with a bad line applies the rest and prints it, or with a trigger keeps all', async () => {
    const bad = WRONG.replace('cptone GB', 'cptone Atlantis');
    const applied = await replacing(bad, '');
    expect(applied.output).toMatch(/cptone Atlantis[\s\S]*Rollback aborted after 5 passes/);
    await applied.it.pass(20);
    expect(applied.it.registrations()[0]).toBe('unreachable');
    const kept = await replacing(bad, 'revert trigger error timer 5');
    expect(kept.output).toContain('cptone Atlantis');
    await kept.it.pass(20);
    expect(kept.it.registrations()[0]).toBe('registered');
  });

  test('without indentation the lines of a mode are unknown', async () => {
    const { output } = await replacing(CONFIG.replaceAll('\n ', '\n'), '');
    expect(output).toContain('cptone GB');
  });

  test('a file that cannot be had changes nothing, and without force it asks', async () => {
    const { it, shell } = await replacing(CONFIG, '');
    expect(await shell.ask(`configure replace http://${it.files.host}/none force`, EXEC)).toContain('%Error opening');
    await shell.ask(`configure replace http://${it.files.host}/f`, /\? \[no\]: $/);
    await shell.ask('', EXEC);
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
    { numRuns: 20 },
  );
});
