import { fromCode, type ActionType, PORT_STATE_FIELDS, type PortStateField } from '@loopstart/domain';
import {
  drivers,
  encodeTables,
  answersFrom,
  identify,
  IDENTIFY_SCALARS,
  interpretInventory,
  interpretPoll,
  inventoryPlan,
  planAction,
  pollPlan,
  type Answers,
  type Driver,
  type ReadPlan,
} from '@loopstart/drivers';
import { SnmpClient, type SnmpTarget } from '@loopstart/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { Fault, PORT_FAULT_KINDS, REBOOT_SILENCE_MS } from '../fault/fault.ts';
import { parseSpec, SimGatewaySpec, type SimGatewayInput } from '../fleet/spec.ts';
import { credentialsOf } from '../snmp/access.ts';
import { carryOutPlan } from '../testing/carry-out-plan.ts';
import { sayable } from '../snmp/sayable.ts';
import { SimGateway } from './sim-gateway.ts';

const START = Date.UTC(2026, 2, 3, 10, 0, 0);
const MINUTE = 60_000;

const open: { close?: () => Promise<void>; stop?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await (one.stop?.() ?? one.close?.());
});

/** A started gateway on a clock of its own, and a client for it. */
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

/** A gateway of this model with various devices on its lines. */
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
    '%s is read over SNMP with its real state',
    async ([, { driver, model }]) => {
      const { clock, gateway, client, target } = await started(busyGateway(driver, model));
      const known = new Map((await client.get(target, IDENTIFY_SCALARS)).map(({ oid, value }) => [oid, value]));
      expect(identify(known).driver.id).toBe(driver.id);
      const inventory = interpretInventory(driver, await ask(client, target, inventoryPlan(driver)));
      expect(inventory.ports).toHaveLength(gateway.state().ports.length);
      for (let minute = 0; minute < 3; minute++) {
        clock.at += MINUTE + 7;
        const asked = interpretPoll(driver, inventory.ports, await ask(client, target, pollPlan(driver)));
        expectTruthful(driver, asked, gateway);
      }
    },
  );
});

const lockable = models.filter(({ driver }) => 'lock-port' in driver.actions.rules);

describe('a port of a gateway whose vendor can lock it', () => {
  test.for(lockable.map((one) => [`${one.driver.id} ${one.model}`, one] as const))(
    '%s is really locked and unlocked by SET',
    async ([, { driver, model }]) => {
      const { clock, gateway, client, target } = await started(busyGateway(driver, model), 1);
      const { ports } = interpretInventory(driver, await ask(client, target, inventoryPlan(driver)));
      const admin = async () => {
        const { state } = interpretPoll(driver, ports, await ask(client, target, pollPlan(driver)));
        return state.admin.map((code) => fromCode(PORT_STATE_FIELDS.admin, code));
      };
      const last = ports.length - 1;
      const rest = ports.slice(1).map(() => 'unlocked');
      const carryOut = async (type: ActionType) => {
        const plan = planAction(driver, type, ports[last] ?? null, { model, firmware: null });
        if ('unsupported' in plan) throw new Error(plan.unsupported);
        await carryOutPlan(client, target, plan, clock);
      };
      expect(await admin()).toEqual([...rest, 'unlocked']);
      await carryOut('lock-port');
      expect(await admin()).toEqual([...rest, 'locked']);
      expect(gateway.living.life.ports[last]?.admin).toBe('locked');
      clock.at += 30 * MINUTE;
      expect(gateway.living.read().ports[last]?.state).toMatchObject({ call: 'idle', oper: 'out-of-service' });
      await carryOut('unlock-port');
      expect(await admin()).toEqual([...rest, 'unlocked']);
      if ('reset-port' in driver.actions.rules) {
        await carryOut('reset-port');
        expect(await admin()).toEqual([...rest, 'unlocked']);
      }
    },
  );
});

describe('a gateway whose vendor can restart it', () => {
  const rebootable = drivers.filter(({ actions }) => 'reboot' in actions.rules);
  test.for(rebootable.map((driver) => [driver.id, driver] as const))('%s restarts by SET', async ([, driver]) => {
    const model = driver.models[0]?.name ?? '';
    const { clock, gateway, client, target } = await started(busyGateway(driver, model));
    const plan = planAction(driver, 'reboot', null, { model, firmware: null });
    if ('unsupported' in plan) throw new Error(plan.unsupported);
    await carryOutPlan(client, target, plan, clock);
    expect(gateway.living.down).toBe(true);
    clock.at += MINUTE;
    expect(gateway.living.down).toBe(false);
    expect(gateway.living.life.boots).toBe(2);
    expect(gateway.living.uptimeMs).toBe(MINUTE - REBOOT_SILENCE_MS);
  });
});

const portFaults = PORT_FAULT_KINDS.filter((kind) => !kind.startsWith('regist'));

describe('a fault of a port', () => {
  test.for(drivers.map((driver) => [driver.id, driver] as const))(
    'never makes %s report a false state',
    async ([, driver]) => {
      const { clock, gateway, client, target } = await started(busyGateway(driver, driver.models[0]?.name ?? ''));
      const { ports } = interpretInventory(driver, await ask(client, target, inventoryPlan(driver)));
      for (const kind of [...portFaults, 'registrar-lost', 'registration-rejected'] as const) {
        gateway.living.setFault(Fault.parse({ kind, port: 1 }));
        clock.at += 10_000;
        expectTruthful(driver, interpretPoll(driver, ports, await ask(client, target, pollPlan(driver))), gateway);
        gateway.living.clearFaults(() => true);
      }
      clock.at += MINUTE;
      const well = interpretPoll(driver, ports, await ask(client, target, pollPlan(driver)));
      expectTruthful(driver, well, gateway);
      expect(gateway.state().states[0]).toMatchObject({
        oper: 'in-service',
        fault: 'none',
        registration: 'registered',
      });
    },
  );
});

/** The values read are those of the driver's tables, and no word of them contradicts the real state. */
function expectTruthful(driver: Driver, asked: ReturnType<typeof interpretPoll>, gateway: SimGateway): void {
  const truth = gateway.state();
  const reported = { ...truth, states: truth.states.map((words) => sayable(driver, words)) };
  expect(asked).toEqual(
    interpretPoll(driver, truth.ports, answersFrom(encodeTables(driver, reported), pollPlan(driver))),
  );
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
