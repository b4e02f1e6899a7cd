import { snmp, type ActionStep } from '@loopstart/drivers';
import type { SnmpClient, SnmpTarget } from '@loopstart/snmp';
import { expect, test } from 'vitest';
import { carryOut, type Step } from '../actions/carry-out.ts';
import { systemClock } from '../core/clock.ts';
import type { Device, DeviceTransport, Tagged } from './device-transport.ts';
import { SnmpTransport } from './snmp/snmp-transport.ts';
import { Transports } from './transports.ts';

const access = { version: 'v2c', community: 'read', writeCommunity: 'write' } as const;
const device: Device = {
  target: { id: 'one', address: 'gateway.example.net', port: 161, access, pollIntervalMs: null },
  limits: { timeoutMs: 1_000, retries: 0 },
  host: async () => '192.0.2.7',
};
const SET: ActionStep = snmp.set([{ oid: '1.3.6.1.4.1.99999.1.0', value: { type: 'integer', value: 1 } }]);

/** A transport of another kind: its steps ring a bell. */
interface ToyStep extends Tagged {
  transport: 'toy';
  ring: number;
}
const ring = (times: number): ToyStep => ({ transport: 'toy', ring: times });

function bench(withToy: boolean) {
  const done: string[] = [];
  let links = 0;
  const client = {
    set: async ({ host, credentials }: SnmpTarget) => void done.push(`set ${host} ${JSON.stringify(credentials)}`),
  } as unknown as SnmpClient;
  const toy: DeviceTransport = {
    name: 'toy',
    link(to) {
      links += 1;
      return {
        async read() {
          return { answers: { scalars: new Map(), columns: new Map() }, problems: [], unread: new Set() };
        },
        async carryOut(step) {
          done.push(`ring ${await to.host()} ${(step as ToyStep).ring}`);
          return { rings: (step as ToyStep).ring };
        },
      };
    },
  };
  const transports = new Transports(new SnmpTransport(client), withToy ? [toy] : []);
  const deviceLinks = transports.linksOf(device);
  const { signal } = new AbortController();
  const run = (steps: readonly Step[]) => carryOut(steps, { links: deviceLinks, clock: systemClock, signal });
  return { done, run, links: () => links };
}

test('each step goes to the transport that it names, and their readings are one result', async () => {
  const { done, run, links } = bench(true);
  await expect(run([SET, ring(2), ring(3)])).resolves.toEqual({ rings: 3 });
  expect(done).toEqual(['set 192.0.2.7 {"version":"v2c","community":"write"}', 'ring 192.0.2.7 2', 'ring 192.0.2.7 3']);
  expect(links()).toBe(1);
});

test('a step for a transport that the agent lacks fails in plain words, and nothing after it is done', async () => {
  const { done, run } = bench(false);
  await expect(run([ring(1), SET])).rejects.toThrow('This agent has no transport named "toy".');
  expect(done).toEqual([]);
});
