import { describe, expect, test } from 'vitest';
import { ProvisionedGateway } from '../../testing/provisioned-gateway.ts';
import { lines } from '../../testing/audiocodes-unit.ts';

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
