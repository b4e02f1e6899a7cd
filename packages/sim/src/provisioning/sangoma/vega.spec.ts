import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProvisionedGateway } from '../../testing/provisioned-gateway.ts';

const CONFIG = [
  'set .sip.reg_enable="1"',
  'set .sip.profile.1.registrar.1.enable="1"',
  'set .sip.profile.1.registrar.1.ipname="sip.example.net"',
  ...[1, 2].flatMap((n) => [
    `set .pots.port.${n}.if.1.username="200${n}"`,
    `cp .sip.reg.user.${n}`,
    `set .sip.reg.user.${n}.enable="1"`,
    `set username="200${n}"`,
    `set auth_user_index="${n}"`,
    `cp .sip.auth.user.${n}`,
    `set .sip.auth.user.${n}.enable="1"`,
    `set .sip.auth.user.${n}.username="200${n}"`,
    `set .sip.auth.user.${n}.password="secret-200${n}"`,
  ]),
];
const PROMPT = /admin {2}>$/;
const started = () =>
  ProvisionedGateway.start({ driver: 'sangoma-vega', model: 'Vega 50', initial: () => CONFIG.join('\n') });
const two = (it: ProvisionedGateway) => it.registrations().slice(0, 2);
async function shellOf(it: ProvisionedGateway) {
  const shell = await it.ssh();
  await shell.until(PROMPT);
  return shell;
}

test('set waits for apply, and what is not saved is gone after a restart', async () => {
  const it = await started();
  await it.pass(10);
  expect(two(it)).toEqual(['registered', 'registered']);
  const shell = await shellOf(it);
  await shell.ask('set .sip.auth.user.1.password="wrong"', PROMPT);
  await it.pass(10);
  expect(two(it)).toEqual(['registered', 'registered']);
  await shell.ask('apply', PROMPT);
  await it.pass(10);
  expect(two(it)).toEqual(['rejected', 'registered']);
  shell.write('reboot system\r');
  await shell.closed();
  await it.restarted();
  expect(two(it)).toEqual(['registered', 'registered']);
  const again = await shellOf(it);
  await again.ask('set .pots.port.1.enable="0"', PROMPT);
  await again.ask('save', PROMPT);
  again.write('reboot system\r');
  await again.closed();
  await it.restarted();
  expect(two(it)).toEqual(['unregistered', 'registered']);
});

test.for<[string, RegExp]>([
  ['set .sip.reg_enabled="1"', /\*\*\* ERROR: .* is not a known parameter/],
  ['set .sip.auth.user.9.username="x"', /\*\*\* ERROR: \.sip\.auth\.user\.9 does not exist/],
  ['set .sip.reg_enable=1', /\*\*\* ERROR: set takes/],
  ['cp .sip.nothing.1', /\*\*\* ERROR/],
  ['purge .sip', /\*\*\* ERROR: .* is not a list/],
  ['configure', /\*\*\* ERROR: unknown command/],
])('%s is refused', async ([line, error]) => {
  const it = await started();
  const before = new Map(it.unit.settings);
  expect(await (await shellOf(it)).ask(line, PROMPT)).toMatch(error);
  expect(new Map(it.unit.settings)).toEqual(before);
});

test('purge takes all rows of a list away, and cp makes a new one with its usual values', async () => {
  const it = await started();
  const shell = await shellOf(it);
  await shell.ask('purge .sip.auth.user', PROMPT);
  expect(await shell.ask('show .sip.auth.user', PROMPT)).toContain('does not exist');
  await shell.ask('cp .sip.auth.user.1', PROMPT);
  expect(await shell.ask('show .sip.auth.user.1', PROMPT)).toContain('.sip.auth.user.1.enable="0"');
});

test('put prints what it takes back', async () => {
  const it = await started();
  const shell = await shellOf(it);
  const text = (await shell.ask('put', PROMPT)).replaceAll('\r', '');
  expect(text).toMatch(/^;<all>\n; CONFIGVERSION:/m);
  const before = new Map(it.unit.settings);
  it.files.pages.set('/c.txt', text.slice(text.indexOf(';<all>'), text.indexOf('; PUT end')));
  await shell.ask('purge .sip.reg.user', PROMPT);
  expect(await shell.ask(`get http://${it.files.host}/c.txt save apply`, PROMPT)).not.toContain('***');
  expect(new Map([...it.unit.settings].sort())).toEqual(new Map([...before].sort()));
});

test('a file that says so restarts it once no line is in use', async () => {
  const it = await started();
  it.files.pages.set('/c.txt', 'set .sip.local_rx_port="5070"\n');
  const shell = await shellOf(it);
  it.gateway.living.setFault({ kind: 'receiver-off-hook', port: 1, delayMs: 1, corruption: 'mixed' });
  await shell.ask(`get http://${it.files.host}/c.txt ifdiff save rebootifneededwhenidle apply`, PROMPT);
  await it.pass(30);
  expect(it.gateway.living.down).toBe(false);
  it.gateway.living.clearFaults(() => true);
  await it.pass(2);
  expect(it.gateway.living.down).toBe(true);
});

test('a cut connection leaves the whole lines before it, and none of them after a restart', async () => {
  const it = await started();
  it.gateway.living.setFault({ kind: 'transfer-cut', port: null, delayMs: 1, corruption: 'mixed', atByte: 40 });
  const shell = await it.ssh();
  shell.write('set .ntp.ip="10.0.0.9"\rset .sip.local_rx_port="5070"\r');
  await shell.closed();
  expect([it.unit.settings.get('.ntp.ip'), it.unit.settings.get('.sip.local_rx_port')]).toEqual(['10.0.0.9', '5060']);
  it.gateway.living.setFault({ kind: 'reboot', port: null, delayMs: 1, corruption: 'mixed' });
  await it.restarted();
  expect(it.unit.settings.get('.ntp.ip')).toBe('0.0.0.0');
});

test('what is written is what is stored', async () => {
  const it = await started();
  const shell = await shellOf(it);
  const path = fc.constantFrom(
    '.ntp.ip',
    '.sip.auth.user.1.username',
    '.pots.port.2.if.1.dn',
    '.planner.profile.1.name',
  );
  await fc.assert(
    fc.asyncProperty(path, fc.stringMatching(/^[ !#-~]{0,30}$/), async (name, value) => {
      await shell.ask(`set ${name}="${value}"`, /\nadmin {2}>$/);
      expect(it.unit.settings.get(name)).toBe(value);
    }),
    { numRuns: 40 },
  );
});
