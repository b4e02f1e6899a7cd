import {
  GATEWAY_MEASURE_NAMES,
  GATEWAY_MEASURES,
  PORT_STATE_FIELDS,
  PORT_STATE_FIELD_NAMES,
  type PortStateField,
  toCode,
} from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drivers } from './drivers.ts';
import { supportedFields } from './engine/capabilities.ts';
import type { Driver } from './engine/driver.ts';
import type { PortWords } from './engine/words.ts';
import type { Source } from './engine/source.ts';
import { encodeTables } from './engine/encode.ts';
import { exampleState } from './engine/example-state.ts';
import { interpretInventory } from './engine/interpret-inventory.ts';
import { gatewaySources } from './engine/gateway-measures.ts';
import { interpretPoll } from './engine/interpret-poll.ts';
import type { JointCodec } from './engine/joint.ts';
import { inventoryPlan, pollPlan } from './engine/plan.ts';
import type { SimState } from './engine/sim-state.ts';
import { answersFrom } from './engine/snmprec.ts';
import { inventoryFailure, reportFailure } from './testing/support.ts';

/** State of one port that the driver's MIB can express: joint columns as a whole, the others field by field. */
function anyWords(driver: Driver, kind: 'fxs' | 'fxo'): fc.Arbitrary<PortWords> {
  const { state, resolvers = [], rows } = driver.ports;
  const single: Partial<Record<PortStateField, fc.Arbitrary<string | null>>> = {};
  const joints = new Set<JointCodec<string>['joint']>();
  for (const field of PORT_STATE_FIELD_NAMES) {
    const resolver = resolvers.find((candidate) => candidate.field === field);
    if (resolver !== undefined) {
      const words = (resolver.words ?? PORT_STATE_FIELDS[field]) as readonly string[];
      single[field] = (resolver.kind ?? kind) === kind ? fc.constantFrom(...words, null) : fc.constant(null);
      // A fault table reports either all ports or none.
      if (field === 'fault' && resolver.kind === undefined) single[field] = fc.constantFrom(...words);
      continue;
    }
    const source = state[field]?.[0] as Source<string> | undefined;
    const joint = (source?.codec as Partial<JointCodec<string>> | undefined)?.joint;
    if (joint !== undefined) joints.add(joint);
    else if (source !== undefined) {
      const words: readonly string[] = source.codec.words ?? [];
      const listsPorts = rows.kinds.some(({ oid }) => oid === source.oid);
      single[field] = fc.constantFrom(...words, ...(listsPorts ? [] : [null]));
    } else single[field] = fc.constant(null);
  }
  const nothing = Object.fromEntries(PORT_STATE_FIELD_NAMES.map((field) => [field, null]));
  return fc
    .tuple(fc.record(single), ...[...joints].map((joint) => fc.constantFrom(...joint.rows)))
    .map((parts) => Object.assign({}, nothing, ...parts) as PortWords);
}

function anyState(driver: Driver): fc.Arbitrary<SimState> {
  return fc.constantFrom(...driver.models.map(({ name }) => name)).chain((model) => {
    const start = exampleState(driver, model);
    const resolved = new Set(driver.gateway.resolvers?.map(({ measure }) => measure));
    const measures = Object.fromEntries(
      GATEWAY_MEASURE_NAMES.map((name) => {
        const range =
          gatewaySources(driver.gateway, name)?.[0]?.codec.range ??
          (resolved.has(name) ? GATEWAY_MEASURES[name] : undefined);
        if (range === undefined || !supportedFields(driver).has(name)) return [name, fc.constant(null)];
        const max = Math.min(range.max, GATEWAY_MEASURES[name].max, name === 'memoryPercent' ? 100 : Infinity);
        return [name, fc.option(fc.integer({ min: Math.max(range.min, GATEWAY_MEASURES[name].min), max }))];
      }),
    ) as Record<keyof SimState['gatewayMeasures'], fc.Arbitrary<number | null>>;
    return fc
      .record({
        states: fc.tuple(...start.ports.map(({ kind }) => anyWords(driver, kind))),
        gatewayMeasures: fc.record(measures),
        serial: start.gateway.serial === null ? fc.constant(null) : fc.stringMatching(/^[1-9]\d{3,8}$/),
        sipServer:
          (start.gateway.sipServer ?? null) === null
            ? fc.constant(null)
            : fc.constantFrom('sip.example.net', '192.0.2.7', 'pbx.example:5070', null),
        t38: fc.boolean(),
        numbers: fc.array(fc.stringMatching(/^\d{2,6}$/), {
          minLength: start.ports.length,
          maxLength: start.ports.length,
        }),
      })
      .map(({ states, gatewayMeasures, serial, sipServer, t38, numbers }) => ({
        ...start,
        gateway: { ...start.gateway, serial, sipServer },
        ports: start.ports.map((port, at) => ({
          ...port,
          t38: port.t38 === null ? null : t38,
          number: port.number === null ? null : (numbers[at] ?? null),
        })),
        states,
        gatewayMeasures,
      }));
  });
}

describe.for(drivers.map((driver) => [driver.id, driver] as const))('%s', ([, driver]) => {
  test('reads from its own tables exactly what was encoded', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyState(driver), (state) => {
        const tables = encodeTables(driver, state);
        const identity = interpretInventory(driver, answersFrom(tables, inventoryPlan(driver)));
        expect(identity.gateway).toEqual(state.gateway);
        expect(identity.ports).toEqual(state.ports);
        expect(identity.problems).toEqual([]);
        expect(inventoryFailure(driver, identity)).toBeNull();

        const poll = interpretPoll(driver, identity.ports, answersFrom(tables, pollPlan(driver)));
        for (const field of PORT_STATE_FIELD_NAMES) {
          const codes = state.states.map((words) => toCode<string>(PORT_STATE_FIELDS[field], words[field]));
          expect(poll.state[field], field).toEqual(codes);
        }
        expect(poll.gatewayMeasures).toEqual(state.gatewayMeasures);
        expect(poll.problems).toEqual([]);
        expect(reportFailure(poll)).toBeNull();
      }),
      { numRuns: 25 },
    );
  });

  test.for(driver.models.map(({ name }) => name))('a %s at rest is recognised in all its parts', (model) => {
    const state = exampleState(driver, model);
    const tables = encodeTables(driver, state);
    const { gateway, ports } = interpretInventory(driver, answersFrom(tables, inventoryPlan(driver)));
    expect({ gateway, ports }).toEqual({ gateway: state.gateway, ports: state.ports });
  });
});
