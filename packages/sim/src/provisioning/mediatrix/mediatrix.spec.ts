import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProvisionedGateway } from '../../testing/provisioned-gateway.ts';

const SCRIPT = [
  'SipEp.DefaultStaticRegistrarServerHost = "sip.example.net:0"',
  ...[1, 2].flatMap((n) => [
    `SipEp.UserAgent[EpId=Port0${n}].Username = "200${n}"`,
    `SipEp.Authentication[Index=${n}].ApplyTo = "Endpoint"`,
    `SipEp.Authentication[Index=${n}].EpId = "Port0${n}"`,
    `SipEp.Authentication[Index=${n}].Username = "200${n}"`,
    `SipEp.Authentication[Index=${n}].Password = "secret-200${n}"`,
  ]),
];
const PROMPT = /Global>$/;
const started = (more: (host: string) => string[] = () => []) =>
  ProvisionedGateway.start({
    driver: 'mediatrix-dgw',
    model: 'Mediatrix C710',
    initial: (host) => [...SCRIPT, ...more(host)].join('\n'),
  });
const two = (it: ProvisionedGateway) => it.registrations().slice(0, 2);

test('a value of SipEp is stored at once, and acts after a restart of the service', async () => {
  const it = await started();
  await it.pass(10);
  expect(two(it)).toEqual(['registered', 'registered']);
  const shell = await it.ssh();
  await shell.until(PROMPT);
  await shell.ask('SipEp.UserAgent[EpId=Port01].Username="2999"', PROMPT);
  await it.pass(10);
  expect(it.unit.settings.get('SipEp.UserAgent[EpId=Port01].Username')).toBe('2999');
  expect(two(it)).toEqual(['registered', 'registered']);
  await shell.ask('Scm.RestartRequiredServices', PROMPT);
  await it.pass(10);
  expect(two(it)).toEqual(['rejected', 'registered']);
});

test.for<[string, RegExp]>([
  ['SipEp.DefaultStaticRegistrarHost="x"', /Error: Unknown name/],
  ['SipEp.UserAgent[EpId=Port09].Username="x"', /Error: There is no row "Port09"/],
  ['SipEp.UserAgent[Index=1].Username="x"', /Error: Unknown name/],
  ['SipEp.UserAgent.DeleteAllRows', /Error/],
  [`EpServ.CallDtmfMapAllowed[Index=1].DtmfMap="${'x'.repeat(128)}"`, /Error: The value of .* is too long/],
  ['configure terminal', /Error: Invalid command/],
])('%s is refused with an error line', async ([line, error]) => {
  const it = await started();
  const before = new Map(it.unit.settings);
  const shell = await it.ssh();
  await shell.until(PROMPT);
  expect(await shell.ask(line, PROMPT)).toMatch(error);
  expect(new Map(it.unit.settings)).toEqual(before);
});

test('rows are deleted all at once, and made by setting a cell', async () => {
  const it = await started();
  const shell = await it.ssh();
  await shell.until(PROMPT);
  await shell.ask('SipEp.Authentication.DeleteAllRows', PROMPT);
  await shell.ask('Scm.RestartRequiredServices', PROMPT);
  await it.pass(10);
  expect(two(it)).toEqual(['rejected', 'rejected']);
  await shell.ask('SipEp.Authentication[Index=1].Username = "2001"', PROMPT);
  expect(await shell.ask('SipEp.Authentication', PROMPT)).toContain('SipEp.Authentication[Index=1].ApplyTo = "Unit"');
});

test('a locked unit has no lines, until it is unlocked', async () => {
  const it = await started();
  const shell = await it.ssh();
  await shell.until(PROMPT);
  await shell.ask('EpAdm.UnitForceLock', PROMPT);
  expect(two(it)).toEqual(['unregistered', 'unregistered']);
  await shell.ask('EpAdm.UnitUnlock', PROMPT);
  await it.pass(10);
  expect(two(it)).toEqual(['registered', 'registered']);
});

test('it executes its script at a start, once', async () => {
  const it = await started((host) => [
    `Conf.ScriptsTransferSrvHostname = "${host}"`,
    'Conf.ScriptsTransferProtocol = "Http"',
    'Conf.ScriptsTransferOnRestartEnable = "Enable"',
  ]);
  expect(it.files.asked.map(({ path }) => path)).toEqual(['/000b82000001.cfg']);
  it.files.pages.set('/000b82000001.cfg', '# mine\nNo.SuchName = "1"\nNlm.SyslogRemoteHost = "10.0.0.9"\n');
  it.gateway.living.setFault({ kind: 'reboot', port: null, delayMs: 1, corruption: 'mixed' });
  await it.restarted();
  expect(it.unit.settings.get('Nlm.SyslogRemoteHost')).toBe('10.0.0.9');
});

test('it uploads what is not the default', async () => {
  const it = await started((host) => [`Conf.ScriptExportUrl = "http://${host}/up.cfg"`]);
  it.files.pages.set('/up.cfg', '');
  const shell = await it.ssh();
  await shell.until(PROMPT);
  await shell.ask('Conf.ExportScript', PROMPT);
  await it.unit.settled();
  const [upload] = it.files.uploads;
  expect(upload?.body).toContain('SipEp.UserAgent[EpId=Port02].Username = "2002"\n');
  expect(upload?.body).not.toContain('DtmfMapTimeoutInterDtmf');
});

test('a cut connection leaves the whole lines before it', async () => {
  const it = await started();
  it.gateway.living.setFault({ kind: 'transfer-cut', port: null, delayMs: 1, corruption: 'mixed', atByte: 50 });
  const shell = await it.ssh();
  shell.write('Nlm.SyslogRemoteHost="10.0.0.9"\rHoc.StaticSntpServerHost="10.0.0.9"\r');
  await shell.closed();
  expect([it.unit.settings.get('Nlm.SyslogRemoteHost'), it.unit.settings.get('Hoc.StaticSntpServerHost')]).toEqual([
    '10.0.0.9',
    '',
  ]);
});

test('what is written is what is stored', async () => {
  const it = await started();
  const shell = await it.ssh();
  await shell.until(PROMPT);
  const text = fc.stringMatching(/^[ !#-~]{0,30}$/);
  const key = fc.constantFrom(
    'Nlm.SyslogRemoteHost',
    'SipEp.UserAgent[EpId=Port01].FriendlyName',
    'TelIf.CountrySelection',
  );
  await fc.assert(
    fc.asyncProperty(key, text, async (name, value) => {
      await shell.ask(`${name} = "${value}"`, /\nGlobal>$/);
      expect(it.unit.settings.get(name)).toBe(value);
    }),
    { numRuns: 40 },
  );
});
