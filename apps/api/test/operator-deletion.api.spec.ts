import { endpoints } from '@loopstart/contracts';
import type { HeadStatement } from '@loopstart/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Removal } from '../src/fleet/tenant/removal.service.ts';
import { OMITTED_COLUMNS, OMITTED_TABLES } from '../src/fleet/tenant/export-omissions.ts';
import { isSigned } from '../src/identity/audit/chain/head-key.ts';
import { problemOf, startApp, type TestApp, type TestOperator } from './app.ts';
import { plantAlerting } from './endpoint-inputs.ts';
import { plant } from './fleet.ts';
import { rowsOf } from './ingest.ts';
import { enrolAgent } from './mqtt-agent.ts';
import { makeToken } from './programs.ts';

const DAY_MS = 86_400_000;
let now = Date.now();
let api: TestApp;
let oak: TestOperator;
let elm: TestOperator;
/** Of an agent that enrolled, so that there is a certificate. */
let serial: string;

const TABLES = `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'operator_id' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
const sql = <T extends object>(text: string, values: unknown[] = []) =>
  rowsOf<T & Record<string, unknown>>(api.database.ownerUrl, text, values);
const tables = async () => (await sql<{ name: string }>(TABLES)).map(({ name }) => name);

/** How many rows of an operator each table has. */
async function countsOf(operatorId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of await tables()) {
    const [row] = await sql<{ n: number }>(`select count(*)::int as n from ${table} where operator_id = $1`, [
      operatorId,
    ]);
    counts[table] = row!.n;
  }
  return counts;
}

/** As a worker that writes after the last batch: each second batch leaves a row behind, for a while. */
async function writeLate(operatorId: string): Promise<void> {
  for (const statement of [
    'create sequence late_writes',
    `create function write_late() returns trigger language plpgsql as $$ begin
       if nextval('late_writes') in (1, 3, 5, 7, 9) then
         insert into operator_usage (operator_id, storage_bytes, measured_at) values ('${operatorId}', 0, now()) on conflict do nothing;
       end if;
       return null;
     end $$`,
    'create trigger write_late after delete on silence for each statement execute function write_late()',
  ])
    await sql(statement);
}

/** Another owner, as the time of the test has ended the sessions. */
const signedInAgain = async (operator: TestOperator): Promise<TestOperator> => ({
  ...operator,
  admin: await api.member(operator.operatorId, 'owner'),
});

beforeAll(async () => {
  api = await startApp({ clock: () => now, env: { DEMO_MAILBOX: 'on', LOOPSTART_OUTBOUND_ALLOW: '127.0.0.1' } });
  [oak, elm] = await Promise.all([api.operator('Oak'), api.operator('Elm')]);
  for (const operator of [oak, elm]) {
    const at = await plant(api.database.ownerUrl, operator.operatorId);
    await plantAlerting(api.database.ownerUrl, operator, at);
    await makeToken(operator);
    await enrolAgent(api, operator);
  }
  const [certificate] = await sql<{ serial: string }>('select serial from agent_certificate where operator_id = $1', [
    oak.operatorId,
  ]);
  serial = certificate!.serial;
  // Longer than the test goes on.
  await sql(`update agent_certificate set not_after = now() + interval '90 days' where serial = $1`, [serial]);
}, 120_000);
afterAll(() => api.close());

async function exported(cookie: string): Promise<{ type: string; table?: string; row?: Record<string, unknown> }[]> {
  const response = await fetch(api.url + endpoints.exportOperator.path, { headers: { cookie } });
  expect(response.headers.get('content-type')).toContain('application/x-ndjson');
  return (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
}

describe('the export of an operator', () => {
  test('has every row of every table, but those that are listed with the reason', async () => {
    const lines = await exported(oak.cookie);
    const counts = await countsOf(oak.operatorId);
    const found: Record<string, number> = {};
    for (const { table } of lines) if (table !== undefined) found[table] = (found[table] ?? 0) + 1;
    for (const [table, n] of Object.entries(counts))
      // The export itself was put on record after its instant.
      expect([table, found[table] ?? 0], table).toEqual([
        table,
        table in OMITTED_TABLES ? 0 : table === 'audit_entry' ? n - 1 : n,
      ]);
    expect([found['operator'], found['person']]).toEqual([1, counts['app_user']]);
    expect(Object.values(counts).filter((n) => n > 0).length).toBeGreaterThan(25);
    expect(lines[0]).toMatchObject({ type: 'operator-export', operatorId: oak.operatorId });
    expect(lines.at(-1)).toMatchObject({ type: 'end', rows: lines.length - 2 });
  });

  test('leaves out what opens something, and names nothing of another operator', async () => {
    const lines = await exported(oak.cookie);
    for (const { table, row } of lines)
      for (const name of OMITTED_COLUMNS)
        if (name.startsWith(`${table}.`)) expect(row, name).not.toHaveProperty(name.split('.')[1]!);
    expect(JSON.stringify(lines)).not.toContain(elm.operatorId);
    // Every binary column that it has is known to open nothing.
    const binary = await sql<{ name: string }>(
      `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       where a.atttypid = 'bytea'::regtype and not a.attisdropped and c.relnamespace = 'public'::regnamespace and not c.relispartition and c.relkind in ('r', 'p')`,
    );
    const known = await tables();
    const left = binary
      .map(({ name }) => name)
      .filter((name) => {
        const [table = ''] = name.split('.');
        return known.includes(table) && !(table in OMITTED_TABLES);
      })
      .filter((name) => !OMITTED_COLUMNS.includes(name));
    expect(left.toSorted()).toEqual([
      'audit_chain.begins_after_hash',
      'audit_chain.hash',
      'audit_entry.author_commitment',
      'audit_entry.author_salt',
      'audit_entry.details_commitment',
      'audit_entry.details_salt',
      'audit_entry.digest',
      'audit_entry.hash',
      'audit_entry.previous',
      'audit_head.hash',
      'audit_head.signature',
      'rejected_message.payload',
    ]);
    const all = new Set(await tables());
    expect(Object.keys(OMITTED_TABLES).filter((name) => !all.has(name))).toEqual([]);
  });

  test('is for owners alone, on record, and one at a time', async () => {
    const administrator = await api.member(oak.operatorId, 'administrator');
    expect(await problemOf(administrator(endpoints.exportOperator))).toMatchObject({ code: 'not-allowed' });
    const { items } = await oak.admin(endpoints.listAudit);
    expect(items.find(({ subject }) => subject.type === 'operator')).toMatchObject({
      verb: 'export',
      by: { name: 'Oak admin' },
    });
    const both = await Promise.all(
      [1, 2, 3].map(() => fetch(api.url + endpoints.exportOperator.path, { headers: { cookie: oak.cookie } })),
    );
    expect(both.map(({ status }) => status)).toContain(200);
    await Promise.all(both.map((response) => response.text()));
    expect((await exported(oak.cookie)).at(-1)).toMatchObject({ type: 'end' });
  });
});

describe('the deletion of an operator', () => {
  const request = (body: object) => oak.admin(endpoints.requestOperatorDeletion, { body: body as never });

  test('is requested by its name and with how many lines nobody would watch then', async () => {
    // From 50 lines on they are stated; figures that are stated are compared in any case.
    const { touched } = await oak.admin(endpoints.getOperatorDeletion);
    expect(touched.lines).toBeGreaterThan(0);
    expect(await problemOf(request({ name: 'oak', confirm: touched }))).toMatchObject({
      fields: [{ path: 'body.name' }],
    });
    const wrong = { ...touched, lifeSafetyLines: touched.lifeSafetyLines + 1 };
    expect(await problemOf(request({ name: 'Oak', confirm: wrong }))).toMatchObject({ code: 'confirm-lines', touched });
    const administrator = await api.member(oak.operatorId, 'administrator');
    expect(await problemOf(administrator(endpoints.getOperatorDeletion))).toMatchObject({ code: 'not-allowed' });
    const requested = await request({ name: 'Oak', confirm: touched });
    expect(requested).toMatchObject({ state: 'waiting', requestedBy: 'Oak admin', touched });
    expect(Date.parse(requested.dueAt!) - now).toBe(14 * DAY_MS);
    expect(await problemOf(request({ name: 'Oak' }))).toMatchObject({ code: 'already-exists' });
  });

  test('takes nothing before its time, and can be withdrawn', async () => {
    const before = await countsOf(oak.operatorId);
    now += 13 * DAY_MS;
    expect(await api.app.get(Removal, { strict: false }).removeDue()).toBe(0);
    now -= 13 * DAY_MS;
    for (const statement of ['select remove_operator_rows($1, 10)', 'select remove_operator($1)'])
      await expect(
        rowsOf(api.database.config.DATABASE_APP_URL, statement, [oak.operatorId]),
        statement,
      ).rejects.toMatchObject({ code: '42501' });
    await expect(
      rowsOf(
        api.database.config.DATABASE_APP_URL,
        "select set_operator_deletion($1, now(), now() + interval '8 days', 'x')",
        [oak.operatorId],
      ),
    ).rejects.toMatchObject({ code: '42501' });
    expect((await countsOf(oak.operatorId))['gateway']).toBe(before['gateway']);
    expect((await oak.admin(endpoints.withdrawOperatorDeletion)).state).toBe('none');
    now += 20 * DAY_MS;
    expect(await api.app.get(Removal, { strict: false }).removeDue()).toBe(0);
    oak = await signedInAgain(oak);
    elm = await signedInAgain(elm);
  });

  test('takes every row, leaves other operators alone, and keeps the signed end of the audit trail', async () => {
    const { touched } = await oak.admin(endpoints.getOperatorDeletion);
    await request({ name: 'Oak', confirm: touched });
    const accounts = await sql<{ id: string }>('select account_id as id from app_user where operator_id = $1', [
      oak.operatorId,
    ]);
    const { keys } = await oak.admin(endpoints.getAuditKeys);
    now += 14 * DAY_MS;
    elm = await signedInAgain(elm);
    const theirs = await countsOf(elm.operatorId);
    await writeLate(oak.operatorId);
    expect(await api.app.get(Removal, { strict: false }).removeDue()).toBe(1);
    expect((await sql<{ n: number }>('select last_value::int as n from late_writes'))[0]!.n).toBeGreaterThan(5);

    const left = await countsOf(oak.operatorId);
    expect(Object.entries(left).filter(([, n]) => n > 0)).toEqual([]);
    expect(await sql('select id from operator where id = $1', [oak.operatorId])).toEqual([]);
    expect(await sql('select id from account where id = any ($1)', [accounts.map(({ id }) => id)])).toEqual([]);
    // No other table names it but the trail of the provider.
    const all = await sql<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
    );
    const naming = [];
    for (const { name } of all) {
      const rows = await sql(`select 1 from ${name} t where t::text like '%' || $1 || '%' limit 1`, [oak.operatorId]);
      if (rows.length > 0) naming.push(name);
    }
    expect(naming).toEqual(['provider_entry']);
    // Readings of a moment may have come in between; nothing of it is less.
    const after = await countsOf(elm.operatorId);
    for (const [table, n] of Object.entries(theirs)) expect(after[table], table).toBeGreaterThanOrEqual(n);
    expect((await elm.admin(endpoints.listGateways)).items.length).toBeGreaterThan(0);

    const [entry] = await sql<{
      change: { auditEnd: HeadStatement & { keyId: string; signature: string }; lines: number };
    }>(`select change from provider_entry where verb = 'remove' and subject_id = $1`, [oak.operatorId]);
    const { keyId, signature, ...statement } = entry!.change.auditEnd;
    expect(entry!.change.lines).toBe(touched.lines);
    expect(statement.operatorId).toBe(oak.operatorId);
    expect(isSigned(statement, { keyId, signature: Buffer.from(signature, 'base64') }, keys)).toBe(true);
    expect(
      isSigned({ ...statement, seq: statement.seq - 1 }, { keyId, signature: Buffer.from(signature, 'base64') }, keys),
    ).toBe(false);
    expect(await api.app.get(Removal, { strict: false }).removeDue()).toBe(0);
  });

  test('shuts its agents and people out', async () => {
    expect(await problemOf(oak.admin(endpoints.listGateways))).toMatchObject({ status: 401 });
    expect(await sql('select * from resolve_agent_certificate($1)', [serial])).toEqual([]);
    // An external broker refuses the certificate until it ends.
    const refused = (at: number) =>
      sql('select must from resolve_refused_certificates($1) where serial = $2', [new Date(at), serial]);
    expect(await refused(now)).toEqual([{ must: true }]);
    expect(await refused(now + 90 * DAY_MS)).toEqual([]);
  });
});
