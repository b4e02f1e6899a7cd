import { existsSync, readFileSync } from 'node:fs';
import type { Settings } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { CONFIG_SAMPLES, type ConfigSample } from '../testing/config-samples.ts';
import { SHARED } from '../testing/support.ts';
import { stillChanges, takeOver, type TakenOver } from './index.ts';

const SAMPLES = `${SHARED}config-samples/`;
const absent = !existsSync(SAMPLES);
if (absent) console.warn('skipped: the configuration files of real units are absent (../shared/config-samples)');

const bytesOf = (file: string) => new Uint8Array(readFileSync(SAMPLES + file));
function taken({ driver, unit, file }: Pick<ConfigSample, 'driver' | 'unit' | 'file'>, bytes = bytesOf(file)) {
  const result = takeOver(driver, unit, bytes);
  if ('refused' in result) throw new Error(JSON.stringify(result.refused));
  return result;
}
const wishOf = ({ gateway, ports }: TakenOver) => ({ gateway, ports });

describe.skipIf(absent)('taking over a real unit', () => {
  test.for(CONFIG_SAMPLES)('$file changes nothing when it is written again', (sample) => {
    const one = taken(sample);
    expect(stillChanges(sample.driver, one, wishOf(one)).filter(({ field }) => field !== null)).toEqual([]);
    expect(Object.keys(one.gateway).length + one.ports.length).toBeGreaterThan(0);
  });

  test.for(CONFIG_SAMPLES)('$file names what would change where something else is wanted', (sample) => {
    const one = taken(sample);
    const other: Settings = {
      'media.dtmfPayloadType': 109,
      'gateway.hostName': 'gw-7',
      'gateway.ntpServers': ['10.9.9.9'],
      'media.codecs': [{ codec: 'PCMU', ptimeMs: 20 }],
      'sip.registerExpirySeconds': 7260,
    };
    const wish = { ...wishOf(one), gateway: { ...one.gateway, ...other } };
    const fields = stillChanges(sample.driver, one, wish).flatMap(({ field }) => field ?? []);
    expect(fields.length).toBeGreaterThan(0);
    expect(Object.keys(other)).toEqual(expect.arrayContaining([...new Set(fields)]));
  });

  test.for(CONFIG_SAMPLES)('$file accounts for each of its keys', (sample) => {
    const one = taken(sample);
    const kept = new Set(one.kept.map(({ key }) => key));
    expect([...one.file.settings.keys()].filter((key) => kept.has(key)).length).toBe(one.kept.length);
    for (const { isSecret, value } of one.kept) if (isSecret) expect(value).toBeNull();
  });
});

const HT = { driver: 'grandstream-ht', unit: { model: 'HT802', firmware: '1.0.39.6' } };
const xml = (...lines: string[]) =>
  new TextEncoder().encode(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gs_provision version="1">',
      '<config version="1">',
      ...lines,
      '</config>',
      '</gs_provision>',
      '',
    ].join('\n'),
  );

describe('a file', () => {
  test('gives settings of the gateway and of its ports, and keeps the rest', () => {
    const one = taken(
      { ...HT, file: '' },
      xml('<P47>sip.example.net</P47>', '<P35>2001</P35>', '<P34>Secret-2001</P34>', '<P9999>x</P9999>'),
    );
    expect(one.ports[0]).toMatchObject({
      position: 1,
      settings: { 'port.extension': '2001', 'port.password': 'Secret-2001' },
    });
    expect(one.kept.map(({ key }) => key)).toContain('P9999');
  });

  test('keeps the dial plan with its keys', () => {
    const one = taken({ ...HT, file: '' }, xml('<P35>2001</P35>', '<P4200>{ x+ }</P4200>'));
    expect(one.kept.map(({ key }) => key)).toContain('P4200');
    expect(one.unread.filter(({ field }) => field === 'port.dialPlan')).toHaveLength(1);
    expect(JSON.stringify(one.ports)).not.toContain('x+');
  });

  test('that hides a secret gives no secret', () => {
    const one = taken({ ...HT, file: '' }, xml('<P35>2001</P35>', '<P34>********</P34>'));
    expect(one.ports[0]?.settings).not.toHaveProperty('port.password');
    expect(one.unread).toContainEqual(expect.objectContaining({ field: 'port.password', position: 1 }));
  });

  test('with a key twice is read by the later one, and that is noted', () => {
    const one = taken({ ...HT, file: '' }, xml('<P35>2001</P35>', '<P35>2002</P35>'));
    expect(one.ports[0]?.settings['port.extension']).toBe('2002');
    expect(one.notes).toContainEqual(expect.objectContaining({ kind: 'duplicate-key', key: 'P35' }));
  });

  test.for<[string, Uint8Array, object]>([
    [
      'of another vendor',
      new TextEncoder().encode('cli version 3.20\ncontext ip router\n'),
      { found: expect.stringContaining('Patton') },
    ],
    ['that is malformed', xml('<P35>2001</35>'), { line: 4 }],
    ['that is cut', xml('<P35>2001</P35>').slice(0, 120), { line: expect.any(Number) }],
    ['with entities of its own', xml('<P35>&lol;</P35>'), { line: 4 }],
    ['that is empty', new Uint8Array(), { found: 'an empty file' }],
    ['that is too large', new Uint8Array(50 * 1024 * 1024).fill(65), { found: `${50 * 1024 * 1024} bytes` }],
  ])('%s is refused', ([, bytes, refused]) => {
    expect(takeOver(HT.driver, HT.unit, bytes)).toEqual({ refused: expect.objectContaining(refused) });
  });

  test.for<[string, string, string | null]>([
    ['of a model that nobody has shown', 'grandstream-ht', 'HT503'],
    ['of an unknown model', 'grandstream-ht', null],
    ['of a gateway without a driver', 'none', 'X'],
  ])('%s is refused', ([, driver, model]) => {
    expect(takeOver(driver, { model, firmware: null }, xml('<P35>2001</P35>'))).toHaveProperty('refused');
  });
});
