import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askWithDigest, ask } from '../../testing/digest-request.ts';
import { LOGIN, MAC, ProvisionedGateway } from '../../testing/provisioned-gateway.ts';
import { parametersOf, takes } from './parameters.ts';

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const profile = (values: Readonly<Record<string, string>>) =>
  `<flat-profile>\n${Object.entries(values)
    .map(([name, value]) => `<${name} ua="na">${escaped(value)}</${name}>`)
    .join('\n')}\n</flat-profile>\n`;

const account = (line: number, user: string) => ({
  [`Proxy_${line}_`]: 'sip.example.net',
  [`User_ID_${line}_`]: user,
  [`Password_${line}_`]: `secret-${user}`,
});
const started = () =>
  ProvisionedGateway.start({
    driver: 'cisco-spa',
    initial: () =>
      profile({ Profile_Rule: '', Forced_Resync_Delay: '60', ...account(1, '2001'), ...account(2, '2002') }),
  });

const at = (it: ProvisionedGateway, path: string) => `http://127.0.0.1:${it.unit.endpoints.http}${path}`;
/** Has the unit fetch this profile. */
async function resync(it: ProvisionedGateway, text: string) {
  it.files.pages.set('/p.xml', text);
  const reply = await askWithDigest(at(it, `/admin/resync?http://${it.files.host}/p.xml`), LOGIN);
  await it.unit.settled();
  return reply.status;
}

describe('/admin/resync', () => {
  test('asks for a login, and refuses a wrong one', async () => {
    const it = await started();
    expect((await ask(at(it, '/admin/resync'))).status).toBe(401);
    expect((await askWithDigest(at(it, '/admin/resync'), { ...LOGIN, password: 'x' })).status).toBe(401);
    expect(it.unit.configFetches).toEqual([]);
  });

  test('sets what the profile names, and leaves the rest', async () => {
    const it = await started();
    await it.pass(10);
    expect(it.registrations()).toEqual(['registered', 'registered']);
    expect(await resync(it, profile({ Password_2_: 'secret-9999', Display_Name_1_: 'Lift & hall' }))).toBe(200);
    expect(it.files.asked[0]?.headers['user-agent']).toMatch(new RegExp(`^Cisco/SPA112-\\S+ \\(${MAC}\\)`));
    await it.pass(10);
    expect(it.registrations()).toEqual(['registered', 'rejected']);
    expect(it.unit.settings.get('Display_Name_1_')).toBe('Lift & hall');
    expect(it.unit.settings.get('User_ID_1_')).toBe('2001');
  });

  test('the name for authentication counts with Use_Auth_ID only', async () => {
    const it = await started();
    await resync(it, profile({ Auth_ID_1_: 'other' }));
    await it.pass(10);
    expect(it.registrations()[0]).toBe('registered');
    await resync(it, profile({ Use_Auth_ID_1_: 'Yes' }));
    await it.pass(10);
    expect(it.registrations()[0]).toBe('rejected');
  });

  test('of repeated elements the last one holds, unknown ones and impossible values are passed over', async () => {
    const it = await started();
    const twice = profile({ Display_Name_1_: 'a' }).replace('</flat', '<Display_Name_1_>b</Display_Name_1_></flat');
    await resync(it, `<device>${twice}</device>`);
    expect(it.unit.settings.get('Display_Name_1_')).toBe('b');
    await resync(it, profile({ Colour: 'red', Line_Enable_1_: '0', Register_Expires_1_: 'soon' }));
    expect(it.unit.settings.get('Colour')).toBeUndefined();
    expect([it.unit.settings.get('Line_Enable_1_'), it.unit.settings.get('Register_Expires_1_')]).toEqual([
      'Yes',
      '3600',
    ]);
  });

  test.for(['<flat-profile><A></flat-profile>', '<flat-profile>', '', '<html></html>', 'Display_Name_1_=x'])(
    '%s changes nothing',
    async (text) => {
      const it = await started();
      const before = new Map(it.unit.settings);
      await resync(it, text);
      expect(new Map(it.unit.settings)).toEqual(before);
    },
  );

  test('a line in use holds it back until all have been idle for Forced_Resync_Delay', async () => {
    const it = await started();
    await it.pass(10);
    it.gateway.living.setFault({ kind: 'receiver-off-hook', port: 1, delayMs: 1, corruption: 'mixed' });
    await resync(it, profile({ Display_Name_1_: 'Later' }));
    await it.pass(90);
    expect(it.unit.configFetches).toEqual([]);
    it.gateway.living.clearFaults(() => true);
    await it.pass(59);
    expect(it.unit.configFetches).toEqual([]);
    await it.pass(5);
    expect(it.unit.settings.get('Display_Name_1_')).toBe('Later');
  });

  test('the router part restarts it', async () => {
    const it = await started();
    await resync(
      it,
      '<flat-profile><router-configuration><SNMP><Get_Community>ro-1</Get_Community></SNMP></router-configuration></flat-profile>',
    );
    expect(it.gateway.living.down).toBe(true);
    await it.restarted();
    expect([it.unit.reboots, it.unit.settings.get('router-configuration/SNMP/Get_Community')]).toEqual([1, 'ro-1']);
  });

  test('what is written is what is stored', async () => {
    const it = await started();
    const standard = parametersOf(2);
    const stays = /^(Provision|Resync|router)/;
    const key = fc.constantFrom(...[...standard.keys()].filter((name) => !stays.test(name)), 'Unknown_1_');
    const value = fc.oneof(fc.string({ maxLength: 60 }), fc.nat().map(String), fc.constantFrom('Yes', 'No', ''));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 6 }), async (values) => {
        const before = new Map(it.unit.settings);
        await resync(it, profile(values));
        for (const [name, now] of it.unit.settings) {
          const given = values[name];
          const taken = given !== undefined && takes(standard.get(name) ?? '', given);
          expect(now, name).toBe(taken ? given : before.get(name));
        }
      }),
      { numRuns: 25 },
    );
  });
});

test('at boot it follows its rules in their order, with their macros and logins', async () => {
  const it = await ProvisionedGateway.start({
    driver: 'cisco-spa',
    initial: (host) =>
      profile({ Profile_Rule: `http://${host}/$PN/$MA.xml`, Profile_Rule_B: `[--uid u --pwd p]http://${host}/b` }),
  });
  expect(it.files.asked.map(({ path }) => path)).toEqual([`/SPA112/${MAC}.xml`, '/b']);
});

test('NOTIFY is challenged; with the account of line 1 it resyncs', async () => {
  const it = await started();
  expect(await it.notify('resync')).toMatch(/^SIP\/2.0 401/);
  expect(it.unit.configFetches).toEqual([]);
});

test('what it shows has every parameter, and no password', async () => {
  const it = await started();
  const { body } = await askWithDigest(at(it, '/admin/spacfg.xml'), LOGIN);
  expect(body).toContain('<User_ID_1_ ua="na">2001</User_ID_1_>');
  expect(body).toContain('<!-- <Password_1_></Password_1_> -->');
  expect(body).not.toContain('secret-');
  for (const name of parametersOf(2).keys()) expect(body).toContain(name.split('/').at(-1));
});

test.for([0, 20, 60])('a transfer cut after %i bytes changes nothing', async (atByte) => {
  const it = await started();
  it.gateway.living.setFault({ kind: 'transfer-cut', port: null, delayMs: 1, corruption: 'mixed', atByte });
  it.files.pages.set('/p.xml', profile({ Display_Name_1_: 'x' }));
  await askWithDigest(at(it, `/admin/resync?http://${it.files.host}/p.xml`), LOGIN);
  await it.unit.settled();
  expect(it.unit.configFetches).toMatchObject([{ status: null }]);
  expect(it.unit.settings.get('Display_Name_1_')).toBe('');
});
