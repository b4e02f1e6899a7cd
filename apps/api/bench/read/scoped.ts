import type { Places } from '@loopstart/domain';
import type pg from 'pg';
import { hashPassword } from '../../src/core/session/password.ts';
import { plantMember } from '../../test/people.ts';

/** Each list and count that a limited member reads. */
const LISTS: Readonly<Record<string, string>> = {
  overview: '/api/v1/overview',
  customers: '/api/v1/customers',
  sites: '/api/v1/sites',
  agents: '/api/v1/agents',
  gateways: '/api/v1/gateways',
  'gateways by state': '/api/v1/gateways?sort=-state',
  'counts of gateways by vendor': '/api/v1/gateways/facets?facet=vendor',
  lines: '/api/v1/ports',
  'lines by state': '/api/v1/ports?sort=-state',
  'lines by name': '/api/v1/ports?sort=name',
  'lines by since': '/api/v1/ports?sort=-since',
  'lines with a fault': '/api/v1/ports?severity=critical,major,minor',
  'lines by words': '/api/v1/ports?q=room',
  'counts of lines by severity': '/api/v1/ports/facets?facet=severity',
  'counts of lines by kind of device': '/api/v1/ports/facets?facet=lineDeviceClass',
  'counts of lines by customer': '/api/v1/ports/facets?facet=customerId',
  incidents: '/api/v1/incidents',
  alerts: '/api/v1/alerts',
  events: '/api/v1/events',
  calls: '/api/v1/calls',
};

const PASSWORD = 'bench password of members';
export const RATIO_MAX = 2;

/** The places of each limited member: all customers by name, which sees as much as the operator, and one customer. */
async function limits(client: pg.Client): Promise<Record<string, Places>> {
  const { rows } = await client.query<{ id: string }>('select id from customer order by name');
  const of = (customerIds: string[]): Places => ({ customerIds, siteIds: [], tags: [] });
  return { all: of(rows.map(({ id }) => id)), one: of([rows[0]!.id]) };
}

/** Cookies of a technician who works everywhere, and of limited ones. */
export async function signInMembers(client: pg.Client, base: string): Promise<Record<string, string>> {
  const { rows } = await client.query<{ id: string }>('select id from operator');
  const passwordHash = await hashPassword(PASSWORD);
  const members = Object.entries({ whole: null, ...(await limits(client)) });
  const cookies: Record<string, string> = {};
  for (const [name, limitedTo] of members) {
    const email = `${name}@example.com`;
    await plantMember(client, {
      operatorId: rows[0]!.id,
      email,
      name,
      role: 'technician',
      passwordHash,
      limitedTo,
    });
    const answer = await fetch(`${base}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    cookies[name] = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  }
  return cookies;
}

/**
 * Each list for each member, one request after the other in turns: what else the machine does slows all of them alike.
 * Prints medians and how many times longer a limited member waits. Returns how many lists are beyond RATIO_MAX.
 */
export async function measureScoped(base: string, cookies: Record<string, string>, requests: number): Promise<number> {
  const names = Object.keys(cookies);
  console.log(`\nlists of limited members, medians of ${requests} in ms:`);
  console.log(`${'list'.padEnd(36)} ${names.map((name) => name.padStart(8)).join(' ')}   ratios`);
  let beyond = 0;
  for (const [list, path] of Object.entries(LISTS)) {
    const times = new Map(names.map((name) => [name, [] as number[]]));
    for (let turn = -3; turn < requests; turn += 1)
      for (const name of names) {
        const started = performance.now();
        const response = await fetch(base + path, { headers: { cookie: cookies[name]! } });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`${path} answered ${response.status} to ${name}`);
        // The first turns warm caches.
        if (turn >= 0) times.get(name)!.push(performance.now() - started);
      }
    const medians = names.map((name) => times.get(name)!.sort((a, b) => a - b)[requests >> 1]!);
    const ratios = medians.slice(1).map((median) => median / medians[0]!);
    const isOver = ratios.some((ratio) => ratio > RATIO_MAX);
    if (isOver) beyond += 1;
    console.log(
      `${list.padEnd(36)} ${medians.map((ms) => ms.toFixed(1).padStart(8)).join(' ')}   ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}${isOver ? `  OVER ${RATIO_MAX}` : ''}`,
    );
  }
  return beyond;
}
