import { existsSync } from 'node:fs';
import type { Oid } from '@loopstart/snmp';
import { beforeAll, describe, expect, test } from 'vitest';
import { drivers } from './drivers.ts';
import { allSources } from './engine/sources.ts';
import { exampleState } from './engine/example-state.ts';
import { actionRules } from './engine/slices/actions.ts';
import type { ActionStep } from './engine/steps.ts';
import { readMibs, type MibObject } from './testing/mib-objects.ts';
import { SHARED } from './testing/support.ts';

/** MIB texts as published by their vendors; they may not be copied into this repository. */
const MIBS = `${SHARED}mibs/`;
const absent = !existsSync(MIBS);
if (absent) console.warn('skipped: the MIB files (../shared/mibs) are absent, so no OID is checked against them');

const BASE = ['SNMP-FRAMEWORK-MIB', 'INET-ADDRESS-MIB', 'IANAifType-MIB', 'IF-MIB'].map((name) => `base/${name}`);
const FILES: Readonly<Record<string, readonly string[]>> = {
  audiocodes: ['AC-TYPES', 'AC-FAULT-TC', 'AC-ALARM-MIB', 'AC-ANALOG-MIB', 'AC-SYSTEM-MIB', 'AcBoard', 'AcGateway'],
  cisco: ['CISCO-SMI', 'CISCO-TC', 'DIAL-CONTROL-MIB', 'CISCO-ENVMON-MIB', 'CISCO-VOICE-ANALOG-IF-MIB'],
  eltex: ['ELTEX-SMI-ACTUAL', 'ELTEX-FXS72', 'ELTEX-TAU8'],
  grandstream: ['GS-GXW42XX-MIB', 'GS-HT8XX-MIB'],
  sangoma: ['VEGA-GATEWAY-MIB'],
};

/** Drivers whose vendor's MIB texts are present; only mib.spec.ts covers the drivers of other vendors. */
const MAKERS = [
  ['audiocodes', 'audiocodes'],
  ['cisco-ios', 'cisco'],
  ['eltex-tau', 'eltex'],
  ['eltex-tau-small', 'eltex'],
  ['grandstream-gxw', 'grandstream'],
  ['grandstream-ht', 'grandstream'],
  ['sangoma-vega', 'sangoma'],
] as const;

const objects = new Map<string, ReadonlyMap<Oid, MibObject>>();

/** The object of an instance: without .0, or Grandstream's .0.0. */
const objectOf = (oid: Oid) => oid.replace(/\.0(\.0)?$/, '');

describe.skipIf(absent).for(MAKERS)('%s', ([id, maker]) => {
  const driver = drivers.find((one) => one.id === id) as (typeof drivers)[number];
  let defined: ReadonlyMap<Oid, MibObject>;
  beforeAll(() => {
    const files = [...BASE, ...(FILES[maker] ?? []).map((name) => `${maker}/${name}`)];
    const read =
      objects.get(maker) ?? new Map(readMibs(files.map((name) => MIBS + name)).objects.map((one) => [one.oid, one]));
    objects.set(maker, read);
    defined = read;
  }, 120_000);

  /** Grandstream numbers its objects by port where others have a column: hookStatus1, hookStatus2 … */
  const definitionOf = (oid: Oid) => defined.get(objectOf(oid)) ?? defined.get(`${oid}.1`);

  test('every object that the MIB defines has the same name in the driver', () => {
    const found = allSources(driver).flatMap(({ oid, object }) => {
      const definition = definitionOf(oid);
      return definition === undefined ? [] : [{ oid, object, name: definition.name }];
    });
    expect(found.length).toBeGreaterThan(0);
    for (const { oid, object, name } of found) expect([object, `${object}1`], oid).toContain(name);
  });

  test('every word of an enumeration is mapped', () => {
    for (const { oid, object, codec } of allSources(driver)) {
      // ifType has hundreds of values; all but two mean that the row is not a port.
      if (object === 'ifType') continue;
      for (const number of definitionOf(oid)?.words?.keys() ?? [])
        expect(codec.decode({ type: 'integer', value: number }), `${object} ${number}`).not.toBeUndefined();
    }
  });

  test('every object that an action writes may be written', () => {
    const { ports } = exampleState(driver);
    const unit = { model: driver.models[0]?.name ?? null, firmware: driver.models[0]?.firmware ?? null };
    const steps = Object.values(actionRules(driver)).flatMap((rule): ActionStep[] => {
      if (rule.scope === 'gateway') return rule.steps(unit);
      return ports[0] === undefined ? [] : rule.steps(ports[0], unit);
    });
    for (const { oid } of steps.flatMap((step) => ('set' in step ? step.set : []))) {
      const definition = defined.get(objectOf(oid)) ?? defined.get(oid.slice(0, oid.lastIndexOf('.')));
      expect(definition?.access, oid).toMatch(/^read-(write|create)$/);
    }
  });
});
