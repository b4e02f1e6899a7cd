import { existsSync, readFileSync } from 'node:fs';
import type { FieldId, Settings } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { identifyConfig, CONFIG_FORMATS } from './config-formats/index.ts';
import { driverById } from './drivers.ts';
import {
  compareConfig,
  portNamesIn,
  readTelephony,
  renderConfig,
  type TelephonyReading,
} from './engine/config/index.ts';
import type { ReadSetting } from './engine/slices/config.ts';
import { CONFIG_SAMPLES, type ConfigSample } from './testing/config-samples.ts';
import { SHARED } from './testing/support.ts';

const SAMPLES = `${SHARED}config-samples/`;
const absent = !existsSync(SAMPLES);
if (absent) console.warn('skipped: the configuration files of real units are absent (../shared/config-samples)');

const cache = new Map<string, ReturnType<typeof parse>>();
function parsed(file: string) {
  const known = cache.get(file) ?? parse(file);
  cache.set(file, known);
  return known;
}

function parse(file: string) {
  const bytes = new Uint8Array(readFileSync(SAMPLES + file));
  const identified = identifyConfig(bytes);
  const format = CONFIG_FORMATS.find(({ id }) => id === identified.format);
  const result = format?.parse(bytes);
  if (format === undefined || result?.ok !== true) throw new Error(`${file} is not read`);
  return { format, document: result.document };
}

/** Settings that differ from those of every file; what a vendor does not have is left out by itself. */
const WANTED = {
  gateway: {
    'sip.registrars': [{ host: '10.0.0.20', port: null }],
    'sip.registerExpirySeconds': 7200,
    'media.codecs': [{ codec: 'PCMU', ptimeMs: 20 }],
    'media.dtmfPayloadType': 100,
    'qos.rtpDscp': 34,
    'line.country': 'GB',
    'gateway.hostName': 'gw-7',
    'gateway.ntpServers': ['10.0.0.30'],
  },
  port: { 'line.callWaiting': true, 'port.displayName': 'Lift 7', 'port.enabled': false, 'port.extension': '7001' },
} as const satisfies { gateway: Settings; port: Settings };

function readSample({ file, driver, unit: of }: ConfigSample): {
  read: TelephonyReading;
  settings: ReadonlyMap<string, ReadSetting>;
} {
  const { format, document } = parsed(file);
  const settings = format.settings(document);
  const read = readTelephony(driverById(driver)!, of, settings);
  if ('refused' in read) throw new Error(read.refused);
  return { read, settings };
}

describe.skipIf(absent)('a file of a real unit', () => {
  test.for(CONFIG_SAMPLES)('$file says what it says', (sample) => {
    const { read } = readSample(sample);
    expect(read.gateway).toMatchObject(sample.gateway);
    for (const [position, facts] of Object.entries(sample.ports)) {
      expect(read.ports.find((port) => port.position === Number(position))?.settings).toMatchObject(facts);
    }
  });

  test.for(CONFIG_SAMPLES)('$file stays as it is when what was read is written again', (sample) => {
    const { read, settings } = readSample(sample);
    const driver = driverById(sample.driver)!;
    const ports = read.ports
      .filter((port) => Object.keys(port.settings).length > 0 || port.dialPlan !== null)
      .map(({ dialPlan, ...port }) => ({ ...port, ...(dialPlan !== null && { dialPlan }) }));
    const rendered = renderConfig(driver, sample.unit, { gateway: read.gateway, ports });
    expect(rendered.refusals).toEqual([]);
    expect(rendered.changes.length).toBeGreaterThan(0);
    const compared = compareConfig(driver, sample.unit, rendered.written, { settings });
    expect(compared.filter(({ state, field }) => state !== 'equal' && field !== null)).toEqual([]);
    const kept = new Set(read.kept);
    expect(rendered.changes.filter(({ key }) => kept.has(key))).toEqual([]);
  });

  test.for(CONFIG_SAMPLES)('$file has what is wanted once the changes are in it', (sample) => {
    const driver = driverById(sample.driver)!;
    const { format, document } = parsed(sample.file);
    const isThere = ([field]: [string, unknown]) => sample.without?.includes(field as FieldId) !== true;
    const settingsOfPort = Object.fromEntries(Object.entries(WANTED.port).filter(isThere));
    const wish = { gateway: WANTED.gateway, ports: [{ position: 1, settings: settingsOfPort }] };
    const rendered = renderConfig(driver, sample.unit, wish);
    expect(rendered.refusals.filter(({ field }) => field !== 'line.country')).toEqual([]);
    expect(rendered.written.length).toBeGreaterThan(2);
    const patched = format.patch(document, rendered.changes);
    if (!patched.ok) throw new Error(JSON.stringify(patched.errors));
    const settings = format.settings(patched.document);
    const compared = compareConfig(driver, sample.unit, rendered.written, { settings });
    expect(compared.filter(({ state }) => state !== 'equal')).toEqual([]);
  });

  test('names the ports where it binds them', () => {
    const file = 'patton-sn4118-fxs-smartware.cfg';
    const { unit } = CONFIG_SAMPLES.find((sample) => sample.file === file)!;
    const { format, document } = parsed(file);
    const names = portNamesIn(driverById('patton-smartnode')!, unit, format.settings(document));
    expect(names).toEqual(unit.portNames);
  });
});
