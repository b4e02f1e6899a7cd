import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { TELEPHONY_FIELD_IDS, fieldOf, type FieldId, type Settings } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { drivers } from './drivers.ts';
import { compareConfig, readTelephony, renderConfig } from './engine/config/index.ts';
import { indexesOf, mappingOf } from './engine/config/layouts.ts';
import { KEPT_BY_LOOPSTART } from './engine/config/reasons.ts';
import type { ConfigLayout, ConfigPlace, ReadSetting } from './engine/slices/config.ts';
import { unitOf } from './testing/config-units.ts';
import { telephonyValues } from './testing/telephony-values.ts';

const moments = telephonyValues('line.callerIdMoment');
const standards = telephonyValues('line.callerIdStandard');

/** Settings beside the one that is written, for vendors that write two in one command. */
const BESIDE: Settings = {
  'sip.registrars': [{ host: 'sip.example.net', port: null }],
  'sip.registerExpirySeconds': 3600,
  'line.hookFlashMinMs': 80,
  'line.hookFlashMaxMs': 1500,
};

const layouts = drivers.flatMap((driver) =>
  (driver.config?.layouts ?? []).map((layout) => [`${driver.id}: ${layout.name}`, { driver, layout }] as const),
);

/** What goes wrong when a value is written at the first place and read again; undefined where it is refused. */
function roundTripFault(
  layout: ConfigLayout,
  field: FieldId,
  value: unknown,
  others: Settings,
): string | null | undefined {
  const mapping = mappingOf(layout, field)!;
  const place: ConfigPlace = { unit: unitOf(layout), scope: mapping.scope, index: 1 };
  const assignments = mapping.write(value, place, { ...others, [field]: value });
  if ('refused' in assignments) return undefined;
  const owned = mapping.keys(place) ?? [];
  const foreign = assignments.find(([key]) => !owned.includes(key));
  if (foreign !== undefined) return `${foreign[0]} is not its key`;
  const texts = new Map(assignments.flatMap(([key, text]) => (text === null ? [] : [[key, text]])));
  const read = mapping.read((key) => texts.get(key), place);
  const isSame = read.state === 'value' && isDeepStrictEqual(read.value, value);
  return isSame ? null : `${JSON.stringify(value)} is read as ${JSON.stringify(read)}`;
}

describe.each(layouts)('%s', (_name, { driver, layout }) => {
  test('says of every setting how it is written, or why it is not', () => {
    for (const field of TELEPHONY_FIELD_IDS) {
      const ways = [mappingOf(layout, field), layout.notVerified[field], KEPT_BY_LOOPSTART[field]];
      expect([field, ways.filter((way) => way !== undefined).length]).toEqual([field, 1]);
      expect(layout.notVerified[field] ?? 'a reason').toMatch(/^[a-z].*[^.]$/);
    }
  });

  test('writes no key both for the whole gateway and for ports, so that each is rendered alone', () => {
    const keysAt = (level: string) =>
      TELEPHONY_FIELD_IDS.filter((field) => fieldOf(field).level === level).flatMap((field) => {
        const mapping = mappingOf(layout, field);
        const indexes = mapping === undefined ? [] : indexesOf(mapping.scope, layout, [1, 2]);
        return indexes.flatMap((index) => mapping!.keys({ unit: unitOf(layout), scope: mapping!.scope, index }) ?? []);
      });
    const ofGateway = new Set(keysAt('gateway'));
    expect(keysAt('port').filter((key) => ofGateway.has(key))).toEqual([]);
  });

  test('reads what it writes, for every setting', () => {
    const mapped = TELEPHONY_FIELD_IDS.filter((field) => field !== 'port.dialPlan' && mappingOf(layout, field));
    for (const field of mapped) {
      let written = 0;
      const property = fc.property(telephonyValues(field), moments, standards, (value, moment, standard) => {
        const others = { ...BESIDE, 'line.callerIdMoment': moment, 'line.callerIdStandard': standard } as Settings;
        const fault = roundTripFault(layout, field, value, others);
        if (fault === null) written += 1;
        else if (fault !== undefined) throw new Error(`${field}: ${fault}`);
      });
      fc.assert(property, { numRuns: 40 });
      expect([field, written > 0]).toEqual([field, true]);
    }
  });

  test('reads from the whole configuration what was written into it for two ports', () => {
    const mapped = TELEPHONY_FIELD_IDS.filter((field) => field !== 'port.dialPlan' && mappingOf(layout, field));
    if (mapped.length === 0) return;
    const some = (level: 'gateway' | 'port') =>
      fc
        .subarray(mapped.filter((field) => fieldOf(field).level === level))
        .chain((fields) => fc.record(Object.fromEntries(fields.map((field) => [field, telephonyValues(field)]))))
        .map((settings): Settings => ({ ...settings }));
    let compared = 0;
    const property = fc.property(some('gateway'), some('port'), some('port'), (gateway, first, second) => {
      const unit = unitOf(layout);
      const ports = [first, second].map((settings, at) => ({ position: at + 1, settings }));
      const { changes, written } = renderConfig(driver, unit, { gateway, ports });
      const texts = new Map<string, ReadSetting>(
        changes.flatMap((one) => (one.kind === 'set' ? [[one.key, { value: one.value, secret: 'none' }]] : [])),
      );
      const read = readTelephony(driver, unit, texts);
      if ('refused' in read) throw new Error(read.refused);
      for (const { field, position } of written) {
        if (field === null || position === null || fieldOf(field).level === 'gateway') continue;
        compared += 1;
        const wanted = ports[position - 1]?.settings[field];
        const found = read.ports.find((port) => port.position === position)?.settings[field];
        if (!isDeepStrictEqual(found, wanted))
          throw new Error(`${field} of port ${position}: ${JSON.stringify(found)}`);
      }
      const states = compareConfig(driver, unit, written, { settings: texts }).filter(({ state }) => state !== 'equal');
      if (states.length > 0) throw new Error(JSON.stringify(states));
    });
    fc.assert(property, { numRuns: 20 });
    expect(compared).toBeGreaterThan(0);
  });

  test('never writes quotes or line breaks, whatever it is asked for', () => {
    const hostile = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 0x2fff }), { maxLength: 20 }).map((codes) => String.fromCodePoint(...codes)),
      fc.constantFrom('a"b', 'a\nb', 'a\r\nset .x="y"', 'a\u2028b', "x' or", '</P2><P1>', '$(x)', 'a;b', 'é漢', '..\\'),
    );
    const value = fc.oneof(
      hostile,
      fc.array(hostile, { maxLength: 2 }),
      fc.array(fc.record({ host: hostile, port: fc.constantFrom(null, 5060) }), { maxLength: 2 }),
    );
    const settings = fc.dictionary(fc.constantFrom(...TELEPHONY_FIELD_IDS), value, { maxKeys: 6 });
    fc.assert(
      fc.property(settings, settings, (gateway, ofPort) => {
        const wish = { gateway: gateway as Settings, ports: [{ position: 1, settings: ofPort as Settings }] };
        for (const change of renderConfig(driver, unitOf(layout), wish).changes) {
          if (change.kind === 'set') expect(change.value).not.toMatch(/["\p{Cc}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 40 },
    );
  });
});
