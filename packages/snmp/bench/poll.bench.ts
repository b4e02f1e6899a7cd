/**
 * Cost of polling a gateway of 24 ports (24 rows x 16 columns = 384 values): CPU per gateway of our client, of the
 * net-snmp C library with the same GETBULKs, and of prometheus-snmp-exporter, all against the same agents in a process
 * of their own. Run: node packages/snmp/bench/poll.bench.ts (after tsc -b packages/snmp).
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SnmpCredentials, SnmpClient, SnmpResponder, SortedMib, type VarBind } from '@loopstart/snmp';

const ROWS = 24;
const COLUMNS = 16;
const TABLE = '1.3.6.1.4.1.99999.1.1.1';
const FIRST_PORT = 21_100;
const PORTS = 50;
const EXPORTER_PORT = 21_190;
const ROUNDS = 3;
const COLUMN_OIDS = Array.from({ length: COLUMNS }, (_, i) => `${TABLE}.${i + 1}`);
const V2C: SnmpCredentials = { version: 'v2c', community: 'public' };
const V3: SnmpCredentials = {
  version: 'v3',
  user: 'bench',
  level: 'authPriv',
  authProtocol: 'sha256',
  authPassphrase: 'bench-auth-passphrase',
  privProtocol: 'aes128',
  privPassphrase: 'bench-priv-passphrase',
};

interface Cost {
  devices: number;
  values: number;
  cpuMs: number;
}

interface Order {
  credentials: SnmpCredentials;
  devices: number;
  inFlight: number;
}

/** The table of a gateway: states and counters as integers, names and addresses as text. */
function gatewayTable(): VarBind[] {
  const varbinds: VarBind[] = [];
  for (const [i, column] of COLUMN_OIDS.entries()) {
    for (let row = 1; row <= ROWS; row++) {
      const oid = `${column}.${row}`;
      if (i % 4 === 3) varbinds.push({ oid, value: { type: 'octets', value: Buffer.from(`port ${row}`) } });
      else if (i % 4 === 2) varbinds.push({ oid, value: { type: 'counter32', value: 1_000_000 * row } });
      else varbinds.push({ oid, value: { type: 'integer', value: row % 5 } });
    }
  }
  // A value after the table, as on a real device.
  varbinds.push({ oid: '1.3.6.1.4.1.99999.1.2.0', value: { type: 'integer', value: 1 } });
  return varbinds;
}

/** Child: all agents. */
async function runGateways(): Promise<void> {
  const varbinds = gatewayTable();
  for (let i = 0; i < PORTS; i++) {
    const engineId = Buffer.from(`80001f8804${i.toString(16).padStart(8, '0')}`, 'hex');
    const responder = new SnmpResponder({ view: new SortedMib(varbinds), credentials: [V2C, V3], engineId });
    await responder.listen(FIRST_PORT + i, '127.0.0.1');
  }
  process.send?.('ready');
}

/** Child: our client; its parent sends what to poll, and it answers with the cost. */
function runPoller(): void {
  const client = new SnmpClient();
  const poll = async (order: Order, devices: number): Promise<number> => {
    let next = 0;
    let values = 0;
    const worker = async (): Promise<void> => {
      while (next < devices) {
        const port = FIRST_PORT + (next++ % PORTS);
        const target = { host: '127.0.0.1', port, credentials: order.credentials, timeoutMs: 2000, retries: 1 };
        const table = await client.columns(target, COLUMN_OIDS, { maxRepetitions: 25, columnsPerPdu: 4 });
        for (const column of table.values()) values += column.size;
      }
    };
    await Promise.all(Array.from({ length: order.inFlight }, worker));
    return values;
  };
  process.on('message', (order: Order) => {
    void (async () => {
      await poll(order, order.devices >> 1); // the engine compiles
      const before = process.cpuUsage();
      const values = await poll(order, order.devices);
      const { user, system } = process.cpuUsage(before);
      const cost: Cost = { devices: order.devices, values, cpuMs: (user + system) / 1000 };
      process.send?.(cost);
    })();
  });
  process.send?.('ready');
}

function startSelf(role: string): Promise<ChildProcess> {
  const child = fork(import.meta.filename, [role], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`${role} ended with ${code}`)));
  });
}

function measureOurs(poller: ChildProcess, order: Order): Promise<Cost> {
  return new Promise((resolve) => {
    poller.once('message', (cost) => resolve(cost as Cost));
    poller.send(order);
  });
}

/** Compiles the C poller; undefined where there is no compiler or library. */
function compileC(folder: string): string | undefined {
  const program = join(folder, 'poll_c');
  try {
    const source = join(import.meta.dirname, 'poll_c.c');
    execFileSync(process.env['CC'] ?? 'gcc', ['-O2', '-o', program, source, '-lnetsnmp'], { stdio: 'pipe' });
    return program;
  } catch {
    return undefined;
  }
}

function measureC(program: string, folder: string, devices: number): Cost {
  const options = [TABLE, String(devices), String(FIRST_PORT), String(PORTS)];
  const env = { ...process.env, SNMP_PERSISTENT_DIR: folder, SNMPCONFPATH: folder };
  return JSON.parse(execFileSync(program, options, { encoding: 'utf8', env, stdio: 'pipe' })) as Cost;
}

/** CPU of a process so far, from its 14th and 15th field in /proc (proc(5)), in ticks of 10 ms. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function exporterConfig(): string {
  const types = ['gauge', 'gauge', 'counter', 'DisplayString'];
  const metrics = COLUMN_OIDS.map((oid, i) =>
    [
      `  - name: column${i + 1}`,
      `    oid: ${oid}`,
      `    type: ${types[i % 4]}`,
      '    help: bench',
      '    indexes:',
      '    - labelname: port',
      '      type: gauge',
    ].join('\n'),
  );
  return `gateway:\n  walk:\n  - ${TABLE}\n  version: 2\n  max_repetitions: 25\n  auth:\n    community: public\n  metrics:\n${metrics.join('\n')}\n`;
}

async function scrape(port: number): Promise<number> {
  const url = `http://127.0.0.1:${EXPORTER_PORT}/snmp?target=127.0.0.1:${port}&module=gateway`;
  const text = await (await fetch(url)).text();
  return text.split('\n').filter((line) => line.startsWith('column')).length;
}

/** CPU of the exporter; undefined where it is absent. It also serves HTTP and writes text, as it does in use. */
async function measureExporter(folder: string, devices: number): Promise<Cost | undefined> {
  const program = '/usr/bin/prometheus-snmp-exporter';
  if (!existsSync(program)) return undefined;
  const config = join(folder, 'snmp.yml');
  writeFileSync(config, exporterConfig());
  const options = [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${EXPORTER_PORT}`, '--log.level=error'];
  const exporter = spawn(program, options, { stdio: 'ignore' });
  try {
    const poll = async (count: number): Promise<number> => {
      let next = 0;
      let values = 0;
      const worker = async (): Promise<void> => {
        while (next < count) {
          const read = await scrape(FIRST_PORT + (next++ % PORTS));
          values += read;
        }
      };
      await Promise.all(Array.from({ length: 16 }, worker));
      return values;
    };
    for (let tries = 0; ; tries++) {
      try {
        await poll(PORTS);
        break;
      } catch (error) {
        if (tries === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    const pid = exporter.pid as number;
    const before = cpuMsOf(pid);
    const values = await poll(devices);
    return { devices, values, cpuMs: cpuMsOf(pid) - before };
  } finally {
    exporter.kill();
  }
}

/** CPU per device; refuses a measurement in which a value is missing. */
function perDevice(name: string, { devices, values, cpuMs }: Cost): number {
  if (values !== devices * ROWS * COLUMNS) throw new Error(`${name} read ${values} values of ${devices} devices`);
  return cpuMs / devices;
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;

function line(name: string, costs: number[], note = ''): void {
  const spread = `[${Math.min(...costs).toFixed(4)}-${Math.max(...costs).toFixed(4)}]`;
  console.log(`${name.padEnd(44)} ${median(costs).toFixed(4)} ms/device ${spread}${note}`);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'poll-bench-'));
  const gateways = await startSelf('gateways');
  const poller = await startSelf('poller');
  try {
    const c = compileC(folder);
    const [many, single, v3, inC]: [number[], number[], number[], number[]] = [[], [], [], []];
    // In turns, so that other load on the machine affects all alike.
    for (let round = 0; round < ROUNDS; round++) {
      const ours = async (credentials: SnmpCredentials, devices: number, inFlight: number): Promise<number> =>
        perDevice('ours', await measureOurs(poller, { credentials, devices, inFlight }));
      many.push(await ours(V2C, 10_000, 50));
      single.push(await ours(V2C, 4_000, 1));
      if (c) inC.push(perDevice('C', measureC(c, folder, 4_000)));
      v3.push(await ours(V3, 2_000, 50));
    }
    const exporter = await measureExporter(folder, 300);
    console.log(`CPU to poll ${ROWS} x ${COLUMNS} = ${ROWS * COLUMNS} values, median of ${ROUNDS} [range]`);
    line('ours, v2c, 50 gateways in flight', many);
    line('ours, v2c, 1 in flight', single);
    line('ours, v3 SHA-256/AES-128, 50 in flight', v3);
    if (c) line('net-snmp C library, v2c, 1 in flight', inC);
    else console.log('net-snmp C library: skipped (gcc or libsnmp-dev absent)');
    if (exporter) line('prometheus-snmp-exporter, 16 in flight', [perDevice('exporter', exporter)]);
    else console.log('prometheus-snmp-exporter: skipped (absent)');
    const ratio = (ours: number[], theirs: number): string => (median(ours) / theirs).toFixed(2);
    if (c) {
      console.log(
        `ours / C: ${ratio(many, median(inC))} (50 in flight), ${ratio(single, median(inC))} (1 in flight); goal <= 2`,
      );
    }
    if (exporter) {
      const theirs = perDevice('exporter', exporter);
      console.log(`ours / exporter: ${ratio(many, theirs)} (50), ${ratio(single, theirs)} (1); goal <= 0.20`);
    }
  } finally {
    poller.kill();
    gateways.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === 'gateways') await runGateways();
else if (process.argv[2] === 'poller') runPoller();
else await main();
