import { endpoints, LINE_COLUMNS, LINE_FACETS, type Line } from '@loopstart/contracts';
import { LINE_DEVICE_CLASSES, SEVERITIES } from '@loopstart/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LineListRepository } from '../src/fleet/ports/lines/line-list.repository.ts';
import { allPages, problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plant, plantAnother, type PlantedPort } from './fleet.ts';
import { asOwner } from './postgres.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const SORTS = LINE_COLUMNS.flatMap((column) => [column, `-${column}`] as const);

let api: TestApp;
let oak: TestOperator;
let all: Line[];

const STATES: PlantedPort[] = [
  { label: 'Line 2', number: '100' },
  { label: 'line 10', number: '20', device: 'lift-phone', state: { registration: 'unregistered' } },
  { device: 'fax', state: { oper: 'out-of-service' } },
  { label: '=1+1', device: 'unused', state: { fault: 'no-line-device', registration: null } },
  { label: 'Line 2', device: 'alarm-panel', state: { fault: 'short-circuit', registration: 'rejected' } },
];

beforeAll(async () => {
  api = await startApp({ clock: () => NOW.getTime() });
  oak = await api.operator('Oak');
  const owner = api.database.ownerUrl;
  const names = ['Beta', 'alpha', 'Gateway 10', 'Gateway 9'];
  for (const customer of ['Quay Hotel', 'Harbour, Care']) {
    const first = await plant(owner, oak.operatorId, {
      customer,
      site: 'Albany',
      gateway: 'Beta',
      at: ago(10),
      ports: STATES,
    });
    for (const gateway of names)
      await plantAnother(owner, first, { gateway, at: ago(20), ports: STATES.slice(0, names.indexOf(gateway) + 1) });
    // One that was never read, one that does not answer, one behind a silent agent.
    await plantAnother(owner, first, { gateway: 'Mute', at: ago(30), reachability: 'unreachable', ports: STATES });
    await plant(owner, oak.operatorId, {
      customer: `${customer} II`,
      gateway: 'Lost',
      at: ago(900),
      agentSeenAt: ago(900),
      ports: STATES,
    });
  }
  await asOwner(owner, async (sql) => {
    await sql.query(`update gateway set firmware = null where name = 'alpha'`);
    await sql.query(
      `update gateway set model = null, model_reason = 'unknown-hardware' where name in ('alpha', 'Mute')`,
    );
    await sql.query(
      `update gateway set vendor = 'Cisco', model = 'VG, 310', firmware = '7.10' where name = 'Gateway 10'`,
    );
    await sql.query(
      `update gateway_current set state_since[2] = null, state_since[1] = $1 where gateway_id in (select id from gateway where name = 'Beta')`,
      [ago(90_000)],
    );
    await sql.query(
      `update gateway_current set observed_at = null, state_since = null where gateway_id in (select id from gateway where name = 'Gateway 9')`,
    );
  });
  await (await api.operator('Elm')).viewer(endpoints.getSession);
  all = (await oak.viewer(endpoints.listPorts, { query: { limit: 500 } })).items;
});
afterAll(() => api.close());

const nameOf = (line: Line) => `${line.customerName}/${line.gatewayName}/${line.gatewayId}/${line.position}`;
const pages = (query: object) =>
  allPages((cursor) => oak.viewer(endpoints.listPorts, { query: { ...query, ...cursor } }));

describe('every line comes once', () => {
  test('in the list without any filter', () => {
    expect(new Set(all.map(nameOf)).size).toBe(all.length);
    expect(all.length).toBe(2 * (STATES.length + 1 + 2 + 3 + 4 + STATES.length + STATES.length));
  });

  test('under any sort, any filter and any size of pages', async () => {
    const filter = fc.record(
      {
        severity: fc.uniqueArray(fc.constantFrom(...SEVERITIES), { minLength: 1 }),
        lineDeviceClass: fc.uniqueArray(fc.constantFrom(...LINE_DEVICE_CLASSES), { minLength: 1 }),
        registration: fc.uniqueArray(fc.constantFrom('registered', 'unregistered', 'rejected', 'unknown'), {
          minLength: 1,
        }),
        firmware: fc.uniqueArray(fc.constantFrom('', '6.60', '7.10'), { minLength: 1 }),
        model: fc.uniqueArray(fc.constantFrom('', 'MP-124', 'VG, 310'), { minLength: 1 }),
        vendor: fc.uniqueArray(fc.constantFrom('Cisco', 'AudioCodes'), { minLength: 1 }),
        q: fc.constantFrom('line', 'harbour albany', '2'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        filter,
        fc.constantFrom(...SORTS),
        fc.integer({ min: 1, max: 17 }),
        fc.constantFrom(0, 20_000),
        async (asked, sort, limit, sortedMax) => {
          // With 0, lines are searched as in a large fleet.
          api.app.get(LineListRepository).sortedMax = sortedMax;
          const expected = all.filter((line) => matches(line, asked)).map(nameOf);
          const seen = await pages({ ...asked, sort, limit });
          expect(seen.map(nameOf).sort()).toEqual(expected.sort());
          const { total } = await oak.viewer(endpoints.listPorts, { query: { ...asked, sort, limit } });
          expect(total).toBe(expected.length);
        },
      ),
      { numRuns: 40 },
    );
    api.app.get(LineListRepository).sortedMax = 20_000;
  });
});

/** The filters as they are meant, over what the list says of a line. */
function matches(
  line: Line,
  asked: {
    severity?: string[];
    lineDeviceClass?: string[];
    registration?: string[];
    firmware?: string[];
    model?: string[];
    vendor?: string[];
    q?: string;
  },
): boolean {
  const { severity, lineDeviceClass, registration, firmware, model, vendor, q } = asked;
  const text = [line.label, line.number, line.name, line.gatewayName, line.siteName, line.customerName]
    .join(' ')
    .toLowerCase();
  return [
    severity?.includes(line.severity),
    lineDeviceClass?.includes(line.lineDeviceClass),
    registration?.includes(line.registration ?? 'unknown'),
    firmware?.includes(line.firmware ?? ''),
    model?.includes(line.model ?? ''),
    vendor?.includes(line.vendor),
    q?.split(' ').every((word) => text.includes(word)),
  ].every((match) => match !== false);
}

describe('in the order of', () => {
  const RANK = { ok: 0, info: 1, unknown: 2, minor: 3, major: 4, critical: 5 };
  const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base', ignorePunctuation: false });
  const byText = (value: (line: Line) => string | null) => (a: Line, b: Line) => {
    const [left, right] = [value(a), value(b)];
    return left === null || right === null ? 0 : natural.compare(left, right);
  };
  test.for([
    ['state', (a: Line, b: Line) => RANK[a.severity] - RANK[b.severity]],
    [
      'since',
      (a: Line, b: Line) =>
        a.stateSince === null || b.stateSince === null ? 0 : a.stateSince.localeCompare(b.stateSince),
    ],
    ['number', byText((line) => line.number)],
    ['gateway', byText((line) => line.gatewayName)],
    ['customer', byText((line) => line.customerName.replace(',', ''))],
    ['firmware', byText((line) => line.firmware)],
    ['model', byText((line) => line.model)],
    [
      'device',
      (a: Line, b: Line) =>
        LINE_DEVICE_CLASSES.indexOf(a.lineDeviceClass) - LINE_DEVICE_CLASSES.indexOf(b.lineDeviceClass),
    ],
  ] as const)('%s, and from its end', async ([sort, compare]) => {
    for (const [asked, sign] of [
      [sort, 1],
      [`-${sort}`, -1],
    ] as const) {
      const seen = await pages({ sort: asked, limit: 7 });
      seen
        .slice(1)
        .forEach((line, at) =>
          expect(sign * compare(seen[at]!, line), `${nameOf(seen[at]!)} before ${nameOf(line)}`).toBeLessThanOrEqual(0),
        );
    }
  });

  test.for(['number', '-number', 'since', '-since', 'firmware', '-firmware', 'model', '-model'] as const)(
    '%s: what is not known comes last',
    async (sort) => {
      const field = { number: 'number', since: 'stateSince', firmware: 'firmware', model: 'model' } as const;
      const known = (await pages({ sort, limit: 9 })).map(
        (line) => line[field[sort.replace('-', '') as keyof typeof field]] !== null,
      );
      expect(known).toContain(false);
      expect(known.lastIndexOf(true)).toBe(known.indexOf(false) - 1);
    },
  );

  test('"Line 2" is before "line 10"', async () => {
    const titles = [...new Set((await pages({ sort: 'name', q: 'line' })).map((line) => line.label))];
    expect(titles).toEqual(['Line 2', 'line 10']);
  });
});

describe('a cursor', () => {
  test('of another order, or made up, is refused', async () => {
    const { nextCursor } = await oak.viewer(endpoints.listPorts, { query: { sort: 'name', limit: 2 } });
    const made = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const [sort, cursor] of [
      ['state', nextCursor!],
      ['name', 'x'],
      ['name', made('name', 1, 0, 'a', 'no id', '1')],
      ['name', made('name', 1, 7, 'a')],
      ['name', made('name', 1, 0, 'a\0', '00000000-0000-0000-0000-000000000000', '1')],
      ['name', made('name', -1, 0, 'a', '00000000-0000-0000-0000-000000000000', '1')],
      ['since', made('since', 1, 0, '2026-13-45 00:00:00+00', '00000000-0000-0000-0000-000000000000', '1')],
      ['since', made('since', 1, 0, "now'; drop table port", '00000000-0000-0000-0000-000000000000', '1')],
    ] as const)
      expect(await problemOf(oak.viewer(endpoints.listPorts, { query: { sort, cursor } }))).toMatchObject({
        code: 'invalid-input',
        fields: [{ path: 'query.cursor' }],
      });
    const sort = 'name; drop table port' as never;
    expect((await problemOf(oak.viewer(endpoints.listPorts, { query: { sort } }))).code).toBe('invalid-input');
  });
});

describe('the values of a filter', () => {
  test.for(LINE_FACETS)('%s are counted as the list finds them', async (facet) => {
    for (const query of [{}, { q: 'line' }, { severity: ['critical', 'major'] as const }]) {
      const { values } = await oak.viewer(endpoints.getPortFacet, { query: { ...query, facet } });
      const { [facet]: _, ...others } = query as Record<string, unknown>;
      const matching = await pages(others);
      expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(matching.length);
      for (const { value, count } of values)
        expect((await pages({ ...others, [facet]: [value] })).length, value).toBe(count);
    }
  });

  test('do not hold those of another operator', async () => {
    const elm = await api.operator('Ash');
    expect(await elm.viewer(endpoints.getPortFacet, { query: { facet: 'customerId' } })).toEqual({
      values: [],
      more: false,
    });
  });
});

describe('an export', () => {
  const rowsOf = (csv: string) => csv.replace('\uFEFF', '').trim().split('\r\n');

  test('has a line for each that matches, in the order and the columns asked for', async () => {
    const csv = await oak.viewer(endpoints.exportPorts, {
      query: { sort: '-name', columns: ['name', 'customer'], severity: ['info'] },
    });
    const [header, ...rows] = rowsOf(csv);
    expect(header).toBe('Line,Customer');
    const listed = await pages({ sort: '-name', severity: ['info'] });
    expect(rows).toHaveLength(listed.length);
    expect(rows[0]).toMatch(/^'=1\+1,/);
    expect(csv).toContain('"Harbour, Care"');
  });

  test('of everything has every column', async () => {
    const [header, ...rows] = rowsOf(await oak.viewer(endpoints.exportPorts));
    // Beside the model is why it is not known.
    expect(header!.split(',')).toHaveLength(LINE_COLUMNS.length + 1);
    expect(rows).toHaveLength(all.length);
  });

  test('says why a model is not known', async () => {
    const csv = await oak.viewer(endpoints.exportPorts, { query: { columns: ['gateway', 'model'], model: [''] } });
    const [header, ...rows] = rowsOf(csv);
    expect(header).toBe('Gateway,Model,Model not known because');
    expect(rows).toHaveLength(all.filter(({ model }) => model === null).length);
    for (const row of rows) expect(row).toMatch(/",,unknown-hardware$/);
  });
});
