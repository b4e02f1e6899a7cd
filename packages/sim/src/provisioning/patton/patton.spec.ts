import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProvisionedGateway } from '../../testing/provisioned-gateway.ts';

const port = (n: number) => `port fxs 0 ${n}
  encapsulation cc-fxs
  bind interface fxs-0${n} switch
  no shutdown
`;
const identity = (user: string) => `  identity ${user}
    authentication outbound
      authenticate 1 authentication-service AUTH username ${user}
    registration outbound
      register auto
`;
const CONFIG = `cli version 3.20
profile provisioning PF
  destination configuration
  location 1 http://FILES/$(system.mac).cfg
  activation reload immediate
context cs switch
  routing-table called-e164 OUT
    route .T dest-interface SIP
  interface sip SIP
    bind context sip-gateway GW
    remote sip.example.net 5060
  interface fxs fxs-00
    route call dest-table OUT
    caller-id-presentation mid-ring
    subscriber-number 2001
  interface fxs fxs-01
    route call dest-table OUT
    subscriber-number 2002
context cs switch
  no shutdown
authentication-service AUTH
  username 2001 password secret-2001
  username 2002 password secret-2002
location-service LOC
  domain 1 sip.example.net
${identity('2001')}${identity('2002')}context sip-gateway GW
  bind location-service LOC
  no shutdown
${port(0)}${port(1)}`;
const started = () =>
  ProvisionedGateway.start({
    driver: 'patton-smartnode',
    model: 'SN4112/JS',
    initial: (host) => CONFIG.replace('FILES', host),
  });
const EXEC = /SN4112#$/;
const MODE = /SN4112\([^)]*\)(\[[^\]]*\])?#$/;
async function enabled(it: ProvisionedGateway) {
  const shell = await it.ssh();
  await shell.until(/SN4112>$/);
  await shell.ask('enable', EXEC);
  return shell;
}

test('lines run at once, and are gone after a reload without saving', async () => {
  const it = await started();
  await it.pass(10);
  expect(it.registrations()).toEqual(['registered', 'registered']);
  const shell = await enabled(it);
  await shell.ask('configure', /\(cfg\)#$/);
  await shell.ask('port fxs 0 0', /\(prt-fxs\)\[0\]#$/);
  await shell.ask('shutdown', MODE);
  await shell.ask('authentication-service AUTH', /\(auth-srv\)\[AUTH\]#$/);
  await shell.ask('username 2002 password wrong', MODE);
  expect(it.unit.lines.map(({ enabled }) => enabled)).toEqual([false, true]);
  expect(it.unit.lines[1]?.account?.password).toBe('wrong');
  await shell.ask('reload', /\(yes\/no\) $/);
  await shell.ask('no', /cancel : $/);
  shell.write('yes\r');
  await shell.closed();
  await it.restarted();
  expect(it.registrations()).toEqual(['registered', 'registered']);
});

test.for(['port fxs 0 7', 'cli version 4.00', 'interface fxs fxs-00', 'bogus', 'no port fxs 0 0'])(
  '%s is refused in the outermost mode',
  async (line) => {
    const it = await started();
    const before = new Map(it.unit.settings);
    const shell = await enabled(it);
    await shell.ask('configure', MODE);
    expect(await shell.ask(line, MODE)).toContain('% Invalid command');
    expect(new Map(it.unit.settings)).toEqual(before);
  },
);

test('a file replaces the startup-config, and acts at the next start, without the lines that it does not know', async () => {
  const it = await started();
  it.files.pages.set('/f.cfg', `${CONFIG.replaceAll('domain 1 sip.', 'domain 1 down.')}bogus line\n`);
  const shell = await enabled(it);
  expect(await shell.ask(`copy http://${it.files.host}/none startup-config`, EXEC)).toContain('% Transfer failed.');
  await shell.ask(`copy http://${it.files.host}/f.cfg startup-config`, EXEC);
  await it.pass(10);
  expect(it.registrations()).toEqual(['registered', 'registered']);
  await shell.ask('reload', /\(yes\/no\) $/);
  await shell.ask('no', /cancel : $/);
  shell.write('yes\r');
  await shell.closed();
  await it.restarted();
  expect(it.registrations()).toEqual(['unreachable', 'unreachable']);
});

test('what it shows hides passwords, and can be taken back', async () => {
  const it = await started();
  const shell = await enabled(it);
  const text = (await shell.ask('show running-config', EXEC)).replaceAll('\r', '').split('\n').slice(1, -1).join('\n');
  expect(text).not.toContain('secret-2001');
  const before = new Map(it.unit.settings);
  it.files.pages.set('/f.cfg', `${text}\n`);
  await shell.ask(`copy http://${it.files.host}/f.cfg startup-config`, EXEC);
  it.gateway.living.setFault({ kind: 'reboot', port: null, delayMs: 1, corruption: 'mixed' });
  await it.restarted();
  expect(new Map([...it.unit.settings].sort())).toEqual(new Map([...before].sort()));
  expect(it.registrations()).toEqual(['registered', 'registered']);
});

test('a provisioning profile fetches its file and reloads', async () => {
  const it = await started();
  const shell = await enabled(it);
  expect(await shell.ask('provisioning execute PF', EXEC)).toContain('% Provisioning failed.');
  it.files.pages.set('/000b82000001.cfg', CONFIG.replace('subscriber-number 2001', 'subscriber-number 2099'));
  shell.write('provisioning execute PF\r');
  await shell.closed();
  await it.restarted();
  expect(it.registrations()).toEqual(['unregistered', 'registered']);
});

test('a power cut in writing keeps the old startup-config', async () => {
  const it = await started();
  it.files.pages.set('/f.cfg', 'cli version 3.20\n');
  it.gateway.living.setFault({ kind: 'power-cut', port: null, delayMs: 1, corruption: 'mixed', phase: 'write' });
  const shell = await enabled(it);
  shell.write(`copy http://${it.files.host}/f.cfg startup-config\r`);
  await shell.closed();
  await it.restarted();
  expect(it.registrations()).toEqual(['registered', 'registered']);
});

test('what is written is what is stored', async () => {
  const it = await started();
  const shell = await enabled(it);
  await shell.ask('configure', MODE);
  await shell.ask('context cs switch', MODE);
  await shell.ask('interface fxs fxs-00', MODE);
  const key = 'context cs switch > interface fxs fxs-00 > subscriber-number';
  await fc.assert(
    fc.asyncProperty(fc.stringMatching(/^[0-9*#]{1,20}$/), async (number) => {
      await shell.ask(`subscriber-number ${number}`, /\n.*\[fxs-00\]#$/);
      expect(it.unit.settings.get(key)).toBe(number);
    }),
    { numRuns: 30 },
  );
});
