/**
 * A large site that is cut off is one page: one real agent with 24 simulated gateways of 24 lines each, beside two
 * small sites that stay well. In turn
 * - `wan`: the way of the site to the broker is cut (connections stay open and nothing comes through);
 * - `lan`: all its gateways fall silent at once, as when its switch loses its power; the agent is well.
 * Each must be exactly one page, none about what is behind it, and one all-clear after the repair.
 *
 *     npm run bench -- site-cut [--gateways 24] [--only wan,lan]
 */
import { parseArgs } from 'node:util';
import { SimFleetSpec } from '@loopstart/sim';
import { SiteLink } from '../scripts/stack/site-links.ts';
import { type OwnFleet, startOwnFleet } from './lib/own-fleet.ts';
import { Pages, pause, spoken } from './lib/pages.ts';
import { portsOf } from './lib/ports.ts';
import { startStack } from './lib/stack.ts';

const { values } = parseArgs({
  options: { gateways: { type: 'string', default: '24' }, only: { type: 'string', default: 'wan,lan' } },
});
const BASE = portsOf('site-cut-bench');
const PORTS = 24;
const BIG = 'Head office';
const START_MS = 100_000;
const TOLD_MS = 120_000;
/** The duration of the cut, and how long a page could still follow after it. */
const LASTS_MS = 90_000;
const AFTERWARDS_MS = 100_000;

const gatewaysOf = (site: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    name: `site${site}-gw${at + 1}`,
    driver: 'audiocodes',
    model: 'MP-124',
    serial: String(7_000_000 + site * 1_000 + at),
    macAddress: `02:00:00:00:0${site}:${at.toString(16).padStart(2, '0')}`,
    address: `127.78.${site}.${11 + at}`,
    port: BASE + 11,
    access: { version: 'v2c' as const, community: 'bench' },
    ports: Array.from({ length: PORTS }, (_, port) => ({ label: `Line ${port + 1}`, number: String(100 + port) })),
  }));
const fleet = SimFleetSpec.parse({
  seed: 1,
  pace: 1,
  customers: [
    {
      name: 'Bench',
      sites: [
        { name: BIG, timeZone: 'Europe/London', gateways: gatewaysOf(1, Number(values.gateways)) },
        { name: 'Branch A', timeZone: 'Europe/London', gateways: gatewaysOf(2, 1) },
        { name: 'Branch B', timeZone: 'Europe/London', gateways: gatewaysOf(3, 1) },
      ],
    },
  ],
});
const big = fleet.customers[0]!.sites[0]!;
const links = new Map(
  fleet.customers[0]!.sites.map(({ name }) => [name, new SiteLink(name, { host: '127.0.0.1', port: BASE + 2 })]),
);

const pages = await Pages.open();
const stack = await startStack(BASE, { demo: false, env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' } });
let own: OwnFleet | undefined;
try {
  await pages.follow(stack);
  const started = Date.now();
  const there = (own = await startOwnFleet(stack, fleet, BASE + 10, {
    mqttUrl: async ({ name }) => `mqtts://localhost:${await links.get(name)!.listen()}`,
    snmpPort: ({ port }) => port,
    trapPort: () => null,
  }));
  console.log(`${BIG}: ${big.gateways.length} gateways of ${PORTS} lines; a quiet start`);
  await pause(START_MS);
  expectPages('start', pages.of('incident.raised', started).length, 0);

  const link = links.get(BIG)!;
  const lan = (on: boolean) => Promise.all(big.gateways.map(({ name }) => there.fault(name, null, 'hang', on)));
  for (const what of values.only.split(',')) {
    if (what === 'wan') await outage(what, async (on) => (on ? link.cut() : link.mend()));
    else await outage(what, lan);
  }
} finally {
  await own?.stop();
  await stack.stop();
  if (process.exitCode === undefined) stack.removeData();
  else console.log(`logs are kept: ${stack.dataDir}/logs`);
  await Promise.all([...links.values()].map((link) => link.stop()));
  await pages.stop();
}

/** Breaks it, waits as long as a page could follow, repairs it, and counts. */
async function outage(what: string, order: (broken: boolean) => Promise<unknown>): Promise<void> {
  const from = Date.now();
  await order(true);
  const first = await pages.first('incident.raised', from, TOLD_MS, () => true);
  await pause(Math.max(0, LASTS_MS - (Date.now() - from)));
  const held = await suppressed();
  const mended = Date.now();
  await order(false);
  const clear = await pages.first('incident.resolved', mended, TOLD_MS, () => true);
  await pause(Math.max(0, AFTERWARDS_MS - (Date.now() - mended)));
  const raised = pages.of('incident.raised', from);
  const resolved = pages.of('incident.resolved', from);
  const after = (page: typeof first, since: number) =>
    page === undefined ? 'never' : `${((page.at - since) / 1000).toFixed(1)} s`;
  console.log(
    `${what}: page after ${after(first, from)}, all-clear after ${after(clear, mended)}; held as explained by it: ${held}`,
  );
  for (const page of [...raised, ...resolved]) console.log(`    ${spoken(page)}`);
  expectPages(what, raised.length, 1);
  expectPages(`${what}, all-clear`, resolved.length, 1);
}

/** Open alerts that are held because of another one. */
async function suppressed(): Promise<number> {
  const database = await stack.database();
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from alert where state = 'open' and hold is not null`,
  );
  await database.end();
  return rows[0]?.count ?? 0;
}

function expectPages(what: string, count: number, wanted: number): void {
  console.log(`  ${what}: ${count} (wanted ${wanted})`);
  if (count !== wanted) process.exitCode = 1;
}
