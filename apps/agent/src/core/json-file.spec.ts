import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { effectiveSettings, readAgentSettings, readMachineSettings, MachineSettings } from '../settings.ts';
import { AgentSettings } from '@loopstart/contracts';
import { writeJsonFile } from './json-file.ts';
import { stateFolder, type StateFolder } from './state-folder.ts';

let folder: StateFolder;
beforeEach(async () => {
  folder = stateFolder(await mkdtemp(join(tmpdir(), 'loopstart-settings-')));
});
afterEach(() => rm(folder.root, { recursive: true }));

const target = { id: 'a', address: '192.0.2.1', access: { version: 'v2c', community: 'secret-community' } };

describe('settings', () => {
  test('may be absent', async () => {
    expect(await readMachineSettings(folder)).toEqual({ logLevel: 'info', targets: [], overrides: {} });
    expect(await readAgentSettings(folder)).toMatchObject({ revision: 0, targets: [] });
  });

  test.for([
    ['a key that does not exist', { logLvel: 'debug' }, /logLvel/],
    ['an unknown log level', { logLevel: 'loud' }, /logLevel/],
    ['a target without access', { targets: [{ id: 'a', address: 'x' }] }, /targets\.0\.access/],
    ['a port beyond 65535', { overrides: { trapPort: 70_000 } }, /overrides\.trapPort/],
    ['a list where an object belongs', [], /\(the whole file\)/],
  ] as const)('%s is refused by its name', async ([, content, message]) => {
    await writeFile(folder.settings, JSON.stringify(content));
    await expect(readMachineSettings(folder)).rejects.toThrow(message);
  });

  test('broken JSON is refused without quoting it', async () => {
    await writeFile(folder.settings, '{"community": "very-secret" "x"}');
    const error = await readMachineSettings(folder).catch((caught: unknown) => caught);
    expect(String(error)).toMatch(/agent\.json: not JSON/);
    expect(String(error)).not.toContain('very-secret');
  });

  test('a refused value is never quoted', async () => {
    await writeFile(
      folder.settings,
      JSON.stringify({ targets: [{ ...target, access: { version: 'v9', community: 'very-secret' } }] }),
    );
    await expect(readMachineSettings(folder)).rejects.toThrow(/targets\.0\.access/);
    await expect(readMachineSettings(folder)).rejects.not.toThrow(/very-secret/);
  });

  test('only their owner can read files, which are always complete', async () => {
    await writeJsonFile(folder.agentSettings, { revision: 7, targets: [target] });
    expect((await stat(folder.agentSettings)).mode & 0o777).toBe(0o600);
    expect(await readAgentSettings(folder)).toMatchObject({
      revision: 7,
      targets: [{ port: 161, pollIntervalMs: null }],
    });
    expect(await readdir(folder.root)).toEqual(['cloud-config.json']);
  });
});

test("the machine's settings take precedence over the cloud's", () => {
  const cloud = AgentSettings.parse({ revision: 3, targets: [{ ...target, id: 'cloud' }], trapPort: 162 });
  const settings = MachineSettings.parse({ targets: [target], overrides: { trapPort: 1_162, snmpTimeoutMs: 500 } });
  const config = effectiveSettings(cloud, settings);
  expect(config).toMatchObject({
    revision: 3,
    trapPort: 1_162,
    snmpTimeoutMs: 500,
    snmpRetries: 1,
    fullSnapshotIntervalMs: 900_000,
  });
  expect(config.targets.map(({ id }) => id)).toEqual(['a', 'cloud']);
});
