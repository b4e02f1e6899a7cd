import { fromCode, PORT_STATE_FIELDS, type PortStateField } from '@loopstart/domain';
import {
  drivers,
  encodeTables,
  answersFrom,
  identify,
  IDENTIFY_SCALARS,
  interpretInventory,
  interpretPoll,
  inventoryPlan,
  pollPlan,
  type Answers,
  type Driver,
  type ReadPlan,
} from '@loopstart/drivers';
import { SnmpClient, type SnmpTarget } from '@loopstart/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { parseSpec, SimGatewaySpec, type SimGatewayInput } from '../fleet/spec.ts';
import { credentialsOf } from '../snmp/access.ts';
import { sayable } from '../snmp/sayable.ts';
import { SimGateway } from './sim-gateway.ts';

const START = Date.UTC(2026, 2, 3, 10, 0, 0);
const MINUTE = 60_000;

const open: { close?: () => Promise<void>; stop?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await (one.stop?.() ?? one.close?.());
});

/** A started gateway on a clock of its own, and a client that asks it. */
async function started(input: SimGatewayInput, pace = 30) {
  const clock = { at: START };
  const spec = parseSpec(SimGatewaySpec, input, 'gateway');
  const gateway = new SimGateway(spec, { seed: 5, tempo: { timeZone: 'UTC', pace }, now: () => clock.at });
  await gateway.start();
  const client = new SnmpClient();
  open.push(gateway, client);
  const credentials = credentialsOf(spec.access).at(-1);
  if (credentials === undefined || gateway.endpoint === null) throw new Error('not started');
  const { address: host, port } = gateway.endpoint;
  const target: SnmpTarget = { host, port, credentials, timeoutMs: 1000, retries: 1 };
  return { clock, gateway, client, target };
}

async function ask(client: SnmpClient, target: SnmpTarget, plan: ReadPlan): Promise<Answers> {
  const answers: Answers = { scalars: new Map(), columns: new Map() };
  for (const { oid, value } of await client.get(target, plan.scalars)) answers.scalars.set(oid, value);
  for (const { columns, rowsMax } of plan.tables) {
    const { maxRepetitions, columnsPerPdu } = plan;
    for (const [oid, rows] of await client.columns(target, columns, { rowsMax, maxRepetitions, columnsPerPdu })) {
      if (rows.size > 0) answers.columns.set(oid, rows);
    }
  }
  return answers;
}

/** A gateway of this model with a mixed bag of lines on it. */
function busyGateway(driver: Driver, model: string): SimGatewayInput {
  const known = driver.models.find(({ name }) => name === model);
  const devices = ['phone', 'fax', 'card-terminal', 'alarm-panel', 'door-entry', 'unused'] as const;
  const ports = Array.from({ length: known?.fxs ?? 0 }, (_, at) => ({
    device: devices[at % devices.length],
    number: String(200 + at),
  }));
  return { name: `${driver.id} ${model}`, driver: driver.id, model, ports };
}

const models = drivers.flatMap((driver) => driver.models.map(({ name }) => ({ driver, model: name })));

describe('a simulated gateway of every model', () => {
  test.for(models.map((one) => [`${one.driver.id} ${one.model}`, one] as const))(
    '%s is read over SNMP as what it is',
    async ([, { driver, model }]) => {
      const { clock, gateway, client, target } = await started(busyGateway(driver, model));
      const known = new Map((await client.get(target, IDENTIFY_SCALARS)).map(({ oid, value }) => [oid, value]));
      expect(identify(known).driver.id).toBe(driver.id);
      const inventory = interpretInventory(driver, await ask(client, target, inventoryPlan(driver)));
      expect(inventory.ports).toHaveLength(gateway.state().ports.length);
      for (let minute = 0; minute < 5; minute++) {
        clock.at += MINUTE + 7;
        const asked = interpretPoll(driver, inventory.ports, await ask(client, target, pollPlan(driver)));
        expectTruthful(driver, asked, gateway);
      }
    },
  );
});

/** What was read is what the driver's tables say, and no word of it contradicts what is so. */
function expectTruthful(driver: Driver, asked: ReturnType<typeof interpretPoll>, gateway: SimGateway): void {
  const truth = gateway.state();
  const said = { ...truth, states: truth.states.map((words) => sayable(driver, words)) };
  expect(asked).toEqual(interpretPoll(driver, truth.ports, answersFrom(encodeTables(driver, said), pollPlan(driver))));
  expect(asked.problems).toEqual([]);
  for (const [at, words] of truth.states.entries()) {
    const read = (field: PortStateField) => fromCode<string>(PORT_STATE_FIELDS[field], asked.state[field][at]);
    const agree = (field: PortStateField, word: string) => {
      if (read(field) !== null) expect([field, read(field) === word]).toEqual([field, words[field] === word]);
    };
    agree('admin', 'locked');
    agree('hook', 'off-hook');
    agree('call', 'idle');
    agree('registration', 'registered');
    agree('oper', 'out-of-service');
  }
}
