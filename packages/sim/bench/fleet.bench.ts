/**
 * Cost of many simulated gateways in one process: memory before the first poll, memory after all were read, and the
 * time of living and answering. Run: `node packages/sim/bench/fleet.bench.ts [gateways]` after a build.
 */
import { inventoryPlan, pollPlan, type ReadPlan } from '@loopstart/drivers';
import { SnmpClient, type SnmpTarget } from '@loopstart/snmp';
import { SimFleet, type SimFleetInput, type SimGateway, type SimGatewayInput } from '@loopstart/sim';

const MODELS = [
  ['audiocodes', 'MP-124'],
  ['grandstream-gxw', 'GXW4224'],
  ['mediatrix-dgw', 'Mediatrix 4124'],
  ['cisco-ios', 'VG224'],
] as const;
const PORTS = 24;
const CREDENTIALS = { version: 'v2c', community: 'public' } as const;
const IN_PARALLEL = 32;

const gateways = Number(process.argv[2] ?? 2_000);
if (!Number.isInteger(gateways) || gateways < 1) throw new Error('the number of gateways must be a positive number');

const clock = { at: Date.UTC(2026, 2, 3, 10) };
const client = new SnmpClient();

function describeFleet(count: number): SimFleetInput {
  const described = Array.from({ length: count }, (_, at): SimGatewayInput => {
    const [driver, model] = MODELS[at % MODELS.length] ?? MODELS[0];
    const ports = Array.from({ length: PORTS }, (_port, index) => ({ device: 'phone' as const, number: `${index}` }));
    return { name: `gw-${at}`, driver, model, ports };
  });
  return { customers: [{ name: 'bench', sites: [{ name: 'bench', timeZone: 'UTC', gateways: described }] }] };
}

function rssMb(): number {
  global.gc?.();
  return process.memoryUsage.rss() / 1_048_576;
}

async function read(gateway: SimGateway, plan: ReadPlan): Promise<number> {
  const { address: host = '', port = 0 } = gateway.endpoint ?? {};
  const target: SnmpTarget = { host, port, credentials: CREDENTIALS, timeoutMs: 5_000, retries: 2 };
  let values = (await client.get(target, plan.scalars)).length;
  for (const { columns, rowsMax } of plan.tables) {
    for (const rows of (await client.columns(target, columns, { ...plan, rowsMax })).values()) values += rows.size;
  }
  return values;
}

/** Reads all gateways and returns CPU (of client and gateways together) per gateway in ms, and the values read. */
async function readAll(fleet: SimFleet, planOf: (gateway: SimGateway) => ReadPlan) {
  const waiting = [...fleet.gateways];
  const before = process.cpuUsage();
  let values = 0;
  const worker = async () => {
    for (let gateway = waiting.pop(); gateway !== undefined; gateway = waiting.pop()) {
      const found = await read(gateway, planOf(gateway));
      values += found;
    }
  };
  await Promise.all(Array.from({ length: IN_PARALLEL }, worker));
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000 / gateways, values: values / gateways };
}

const line = (what: string, value: string) => console.log(`${what.padEnd(58)} ${value}`);

const empty = rssMb();
const fleet = await SimFleet.create(describeFleet(gateways), { now: () => clock.at });
await fleet.start();
const idle = rssMb();
line('gateways × ports in one process', `${gateways} × ${PORTS}`);
line('memory of the process, idle', `${idle.toFixed(0)} MB`);
line('memory per idle gateway', `${(((idle - empty) * 1024) / gateways).toFixed(1)} kB`);

const stepping = process.cpuUsage();
for (let minute = 0; minute < 60; minute++) {
  clock.at += 60_000;
  for (const { living } of fleet.gateways) void living.life;
}
const stepped = process.cpuUsage(stepping);
line('CPU of one gateway living one busy hour', `${((stepped.user + stepped.system) / 1000 / gateways).toFixed(2)} ms`);

await readAll(fleet, ({ living }) => inventoryPlan(living.plan.driver));
const full = rssMb();
line('memory of the process after all were read', `${full.toFixed(0)} MB`);
line('memory per gateway that is read', `${(((full - empty) * 1024) / gateways).toFixed(1)} kB`);

clock.at += 60_000;
const poll = await readAll(fleet, ({ living }) => pollPlan(living.plan.driver));
line('values read in a poll of one gateway', poll.values.toFixed(0));
line('CPU per poll, asking and answering, everything changed', `${poll.cpuMs.toFixed(2)} ms`);
const again = await readAll(fleet, ({ living }) => pollPlan(living.plan.driver));
line('CPU per poll, asking and answering, nothing changed', `${again.cpuMs.toFixed(2)} ms`);

await client.close();
await fleet.stop();
