/**
 * A bad network and nothing else wrong: nobody may be paged. Real agents read simulated gateways and talk to the real
 * system for some minutes while
 * - each agent's connection to the broker is delayed by 300 ms each way and loses 2 % of its packets. A TCP stream loses
 *   no bytes, so a lost packet is what TCP makes of it: the stream stands still for a retransmission timeout (900 ms
 *   here, doubled for each repetition that is lost too) and goes on in order;
 * - requests, answers and notifications of the gateways (UDP) are delayed by the same and 2 % of them are lost for good;
 * - at seeded moments a site has no network for 30 s, in turn so that TCP lives through it, so that old connections are
 *   silently dead for ever after, and with resets on both sides; once in the run all of these sites at the same moment.
 * Afterwards the controls: a line that really fails is paged, and so are two sites that really are cut off: one that
 * had no gap, and one that had, which is raised later, as every restless condition is.
 *
 *     npm run bench -- soak [--minutes 5] [--seed 1] [--delay-ms 300] [--loss 0.02] [--gap-s 30]
 *
 * Ends with an error when somebody was paged for nothing, or a control was not.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoFleet } from '@loopstart/sim';
import { BadLink, type Cut, CUTS } from '../scripts/stack/network/bad-link.ts';
import { seeded } from '../scripts/stack/network/bad-path.ts';
import { BadWire } from '../scripts/stack/network/bad-wire.ts';
import { type OwnFleet, startOwnFleet } from './lib/own-fleet.ts';
import { Pages, pause, spoken } from './lib/pages.ts';
import { portsOf } from './lib/ports.ts';
import { startStack } from './lib/stack.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    'delay-ms': { type: 'string', default: '300' },
    loss: { type: 'string', default: '0.02' },
    'gap-s': { type: 'string', default: '30' },
  },
});
const soakMs = Number(values.minutes) * 60_000;
const badness = { delayMs: Number(values['delay-ms']), loss: Number(values.loss) };
const gapMs = Number(values['gap-s']) * 1000;
const random = seeded(Number(values.seed));

const BASE = portsOf('soak-bench');
const BROKER = { host: '127.0.0.1', port: BASE + 2 };
const CONTROL_PORT = BASE + 10;
const SNMP_PORT = BASE + 11;
/** Where agents ask their gateways: the bad way to SNMP_PORT, at the same addresses. */
const BAD_SNMP_PORT = BASE + 12;
const TRAP_PORT = BASE + 20;
const BAD_TRAP_PORT = BASE + 100;
const START_MS = 30_000;
/** Between the end of one gap of a site and the next. */
const CALM_MS: readonly [number, number] = [25_000, 60_000];
/** Work in progress at the end of the gaps may still cause pages. */
const AFTERMATH_MS = 60_000;
/** Within this time real outages are raised, also of restless conditions (docs/alerting.md, flapping). */
const CONTROL_MS = 60_000;
const RESTLESS_MS = 345_000;

const fleet = demoFleet(1, { snmpPort: SNMP_PORT, notifyPort: null });
const sites = fleet.customers.flatMap((customer) => customer.sites);
const gateways = sites.flatMap((site) => site.gateways);
const links = new Map(sites.map((site) => [site.name, new BadLink(BROKER, badness, seeded(random() * 2 ** 32))]));
/** The first site has no gaps. */
const calm = sites[0]!;
const restless = sites[2]!;
const wires: BadWire[] = [];
const gaps: Record<Cut | 'all at once', number> = { stalls: 0, forgets: 0, resets: 0, 'all at once': 0 };

for (const [number, site] of sites.entries()) {
  for (const gateway of site.gateways) {
    // Nothing may be wrong but the network.
    gateway.faults = [];
    const notices = { host: '127.0.0.1', port: BAD_TRAP_PORT + gateways.indexOf(gateway) };
    gateway.notify = { ...notices, inform: false };
    const host = gateway.address;
    const ways = [
      { listen: { host, port: BAD_SNMP_PORT }, to: { host, port: SNMP_PORT } },
      { listen: notices, to: { host: '127.0.0.1', port: TRAP_PORT + number }, from: host },
    ];
    for (const ends of ways) wires.push(new BadWire(ends, badness, seeded(random() * 2 ** 32)));
  }
}

const pages = await Pages.open();
const stack = await startStack(BASE, { demo: false, env: { LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' } });
let own: OwnFleet | undefined;
try {
  await pages.follow(stack);
  await Promise.all(wires.map((wire) => wire.listen()));
  const started = Date.now();
  own = await startOwnFleet(stack, fleet, CONTROL_PORT, {
    mqttUrl: async ({ name }) => `mqtts://localhost:${await links.get(name)!.listen()}`,
    snmpPort: () => BAD_SNMP_PORT,
    trapPort: ({ name }) => TRAP_PORT + sites.findIndex((site) => site.name === name),
  });
  console.log(
    `${sites.length} sites, ${gateways.length} gateways behind ${badness.delayMs} ms and ${badness.loss * 100} % loss each way; a quiet start`,
  );
  await pause(START_MS);

  const from = Date.now();
  const before = [...links.values()].reduce((sum, { connections }) => sum + connections, 0);
  await soak(from + soakMs);
  await pause(AFTERMATH_MS);
  const reconnects = [...links.values()].reduce((sum, { connections }) => sum + connections, 0) - before;
  const to = Date.now();
  const raised = pages.of('incident.raised', started);

  const cuts = Object.entries(gaps).map(([kind, count]) => `${count} ${kind}`);
  console.log(`${values.minutes} min (seed ${values.seed}), gaps of ${gapMs / 1000} s: ${cuts.join(', ')}`);
  console.log(`  connections to the broker made anew: ${reconnects}`);
  const [sent, lost] = [sum(wires.map((one) => one.sent)), sum(wires.map((one) => one.lost))];
  console.log(`  datagrams: ${sent}, lost ${lost} (${((100 * lost) / sent).toFixed(1)} %)`);
  await reportLateness(from, to);
  console.log(`  pages: ${raised.length}, signatures refused: ${pages.refused}`);
  for (const page of raised) console.log(`    ${spoken(page)}`);
  const controls = await control(own);
  if (raised.length > 0 || pages.refused > 0 || !controls) process.exitCode = 1;
} finally {
  await own?.stop();
  await stack.stop();
  if (process.exitCode === undefined) stack.removeData();
  else console.log(`logs are kept: ${stack.dataDir}/logs`);
  await Promise.all([...links.values()].map((link) => link.stop()));
  for (const wire of wires) wire.stop();
  await pages.stop();
}

/** Gaps at seeded moments until the time is up; none is longer than a gap, whatever is cut together. */
async function soak(end: number): Promise<void> {
  const start = Date.now();
  const allAt = start + (end - start) / 2;
  let together = false;
  const others = [...links].filter(([name]) => name !== calm.name);
  const next = new Map(others.map(([name]) => [name, start + random() * CALM_MS[1]]));
  while (Date.now() + gapMs < end) {
    await pause(200);
    const now = Date.now();
    const nextCalm = () => gapMs + CALM_MS[0] + random() * (CALM_MS[1] - CALM_MS[0]);
    if (!together && now >= allAt) {
      together = true;
      gaps['all at once'] += 1;
      for (const [name, link] of others) {
        link.cut(gapMs, CUTS[Math.floor(random() * CUTS.length)]!);
        next.set(name, now + nextCalm());
      }
      continue;
    }
    // The common gap must find every site well.
    if (!together && now > allAt - gapMs - CALM_MS[0] / 2) continue;
    for (const [name, link] of others) {
      if (now < next.get(name)!) continue;
      const how = CUTS[sum(Object.values(gaps)) % CUTS.length]!;
      gaps[how] += 1;
      link.cut(gapMs, how);
      next.set(name, now + nextCalm());
    }
  }
}

/** How late things came in, what was noticed and rightly kept back, and how near that came to a page. */
async function reportLateness(from: number, to: number): Promise<void> {
  const token = readFileSync(join(stack.dataDir, 'metrics.token'), 'utf8').trim();
  const answer = await fetch(`${stack.apiUrl}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const metrics = await answer.text();
  const counted = (name: string) => Number(new RegExp(`^loopstart_${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? 0);
  const database = await stack.database();
  const range = [new Date(from), new Date(to)];
  const { rows } = await database.query<{ count: number; p50: number; late: number; longest: number }>(
    `select count(*)::int as count, coalesce(percentile_cont(0.5) within group (order by s), 0)::float8 as p50,
       count(*) filter (where s > 10)::int as late, coalesce(max(s), 0)::float8 as longest
     from (
       select extract(epoch from received_at - at) as s from port_state_change where at between $1 and $2
       union all select extract(epoch from received_at - at) from gateway_event where at between $1 and $2
       union all select extract(epoch from received_at - taken_at) from gateway_sample where taken_at between $1 and $2
     ) as everything`,
    range,
  );
  const { count = 0, late = 0, p50 = 0, longest = 0 } = rows[0] ?? {};
  console.log(
    `  changes, events and readings: ${count}, half of them within ${p50.toFixed(1)} s, more than 10 s late ${late}, the latest ${longest.toFixed(1)} s; reports: ${counted('ingest_reports_total')}, of them too late to move the present ${counted('ingest_late_reports_total')}`,
  );
  const held = await database.query<{ kind: string; count: number; longest: number }>(
    `select kind, count(*)::int as count, max(extract(epoch from coalesce(resolved_at, $2) - opened_at))::float8 as longest
     from alert where opened_at between $1 and $2 and incident_id is null group by kind order by kind`,
    range,
  );
  const kinds = held.rows.map((row) => `${row.count} ${row.kind} (for ${row.longest.toFixed(1)} s at most)`);
  console.log(`  detected and not notified: ${kinds.length === 0 ? 'nothing' : kinds.join(', ')}`);
  const lost = await database.query<{ lost: number; refused: number }>(
    'select sum(lost_messages)::int as lost, sum(rejected_messages)::int as refused from agent',
  );
  console.log(`  messages lost: ${lost.rows[0]?.lost}, refused: ${lost.rows[0]?.refused}`);
  await database.end();
}

/** The same installation still pages for real outages; false: it does not. */
async function control({ fault, gateways: known }: OwnFleet): Promise<boolean> {
  const from = Date.now();
  // Its driver can report a line circuit that failed.
  const vega = known.find(({ name }) => name === 'beech-vega50');
  await fault('beech-vega50', 2, 'hardware-failure', true);
  const lineId = `${vega?.id}/2`;
  for (const site of [calm, restless]) links.get(site.name)!.cut(2 * RESTLESS_MS, 'stalls');
  const ofSite = (site: typeof calm, withinMs: number) =>
    pages.first('incident.raised', from, withinMs, ({ payload }) => payload.data.place.site?.name === site.name);
  const expected = await Promise.all([
    pages.first('incident.raised', from, CONTROL_MS, ({ payload }) => payload.data.subject.id === lineId),
    ofSite(calm, CONTROL_MS),
    ofSite(restless, RESTLESS_MS),
  ]);
  const [line, site, again] = expected.map((page) =>
    page === undefined ? 'NOT PAGED' : `paged after ${((page.at - from) / 1000).toFixed(1)} s`,
  );
  console.log(`control: a line that fails ${line}; a site cut off for good ${site}; one that had gaps before ${again}`);
  return !expected.includes(undefined);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
