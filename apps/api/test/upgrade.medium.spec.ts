import type { ChildProcess } from 'node:child_process';
import { endpoints, type Problem } from '@loopstart/contracts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Secrets } from '../src/core/secret/secrets.ts';
import type { SealedPlace } from '../src/core/secret/sealed-fields.ts';
import { hashPassword } from '../src/core/session/password.ts';
import { makeAuthority } from '../src/agents/pki/certificates.ts';
import { TestAlerting } from './alerting.ts';
import { startApiProcess } from './api-process.ts';
import { allPages, type Client, clientOf } from './app.ts';
import type { TestDatabase } from './database.ts';
import { rowsOf } from './ingest.ts';
import { asOwner } from './postgres.ts';
import { sealedAt } from './sealed-rows.ts';
import { sealFormerly } from './sealed-formerly.ts';
import { fillFormer, formerOperator } from './upgrade/former-data.ts';
import {
  allMigrations,
  columnsOf,
  contentOf,
  digestOfRelease,
  formerDatabase,
  migrationsBefore,
  migrationsSince,
  previousRelease,
} from './upgrade/former-release.ts';

const KEY = Buffer.alloc(32, 5);
const ENV = { LOOPSTART_SECRET_KEY: KEY.toString('base64') };
const PASSWORD = 'a password of the release before';
const OPERATORS = [formerOperator(1, 'Oak'), formerOperator(2, 'Elm')];
const CA: SealedPlace = { field: 'installation_secret.value', operatorId: null, row: { name: 'installation-ca' } };
/** Tables that the release before fills by itself while it runs, and that lose nothing when they are empty. */
const EMPTY = ['alert_memory', 'alerting_status', 'escalation', 'try_pace'];
/** Columns that a migration changes, and to what. The rows stay. */
const CHANGED: Record<string, string[]> = {
  // Roles of the guide.
  app_user: ['role'],
};

let database: TestDatabase;
let authority: Awaited<ReturnType<typeof makeAuthority>>;
let formerColumns: Map<string, string[]>;
let formerContent: Record<string, string[]>;
let at: Date;
const children: ChildProcess[] = [];
const start = (env: NodeJS.ProcessEnv = {}) => startApiProcess(database, { ...ENV, ...env }, children);

beforeAll(async () => {
  database = await formerDatabase(KEY);
  authority = await makeAuthority(Date.now());
  at = new Date(Date.now() - 10 * 60_000);
  const passwordHash = await hashPassword(PASSWORD);
  const seal = (place: SealedPlace, plain: string) => sealFormerly(KEY, plain, place);
  await asOwner(database.ownerUrl, async (sql) => {
    for (const grain of ['gateway_sample', 'gateway_hour', 'gateway_day', 'port_state_change', 'gateway_event'])
      await sql.query("select ensure_partitions($1, now() - interval '2 days', now() + interval '1 day')", [grain]);
    for (const one of OPERATORS) await fillFormer(sql, one, { at, passwordHash, seal });
    const sealed = seal(CA, JSON.stringify(authority));
    await sql.query('insert into installation_secret (name, value) values ($1, $2)', ['installation-ca', sealed]);
    formerColumns = await columnsOf(sql);
    formerContent = await contentOf(sql, formerColumns);
  });
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await database.drop();
});

const applied = async () =>
  (
    await rowsOf<{ name: string }>(
      database.ownerUrl,
      'select migration_name as name from _prisma_migrations where finished_at is not null order by 1',
    )
  ).map(({ name }) => name);

describe('the release before', () => {
  test('is fixed: its migrations are as they were, and later ones come after them', () => {
    expect(allMigrations).toContain(previousRelease.lastMigration);
    expect(digestOfRelease()).toBe(previousRelease.sha256);
    expect(migrationsSince.length).toBeGreaterThan(0);
  });

  test('has data in every table', () => {
    const empty = Object.entries(formerContent).filter(([, rows]) => rows.length === 0);
    expect(empty.map(([table]) => table)).toEqual(EMPTY);
  });
});

describe('an upgrade', () => {
  test('that fails does not start the API, changes nothing, and says what to do', async () => {
    await rowsOf(database.ownerUrl, 'create table account (in_the_way int)');
    const api = start();
    expect((await api.exit)[0]).toBe(1);
    const lines = api.output.stderr.trim().split('\n');
    expect(lines).toHaveLength(1);
    const { level, msg } = JSON.parse(lines[0]!) as { level: number; msg: string };
    expect(level).toBe(60);
    expect(msg).toMatch(
      /^Migration \d+_accounts failed: relation "account" already exists\. Nothing of it was applied/,
    );
    expect(msg).toMatch(/Remove the cause and start this version again, or .*the version before.*docs\/operations\.md/);
    await rowsOf(database.ownerUrl, 'drop table account');
    expect(await applied()).toEqual(migrationsBefore);
    expect(await asOwner(database.ownerUrl, async (sql) => contentOf(sql, await columnsOf(sql)))).toEqual(
      formerContent,
    );
  });

  test.for(['app_user', 'audit_entry'])('that is killed while it changes %s can be run again', async (table) => {
    const holder = new pg.Client({ connectionString: database.ownerUrl });
    await holder.connect();
    try {
      await holder.query(`begin; lock table ${table} in access share mode`);
      const api = start();
      await vi.waitFor(
        async () => {
          const waiting = await rowsOf(
            database.ownerUrl,
            `select from pg_locks l where not l.granted and l.relation = '${table}'::regclass`,
          );
          expect(waiting).toHaveLength(1);
        },
        { timeout: 30_000, interval: 20 },
      );
      api.child.kill('SIGKILL');
      expect((await api.exit)[1]).toBe('SIGKILL');
    } finally {
      await holder.end();
    }
    // What was under way is rolled back, and what was complete before it stays.
    await vi.waitFor(
      async () => {
        const locks = await rowsOf(
          database.ownerUrl,
          `select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
        );
        expect(locks).toEqual([]);
      },
      { timeout: 30_000, interval: 20 },
    );
    const done = await applied();
    expect(done).toEqual(allMigrations.slice(0, done.length));
    expect(done.length).toBeLessThan(allMigrations.length);
    const [found] = await rowsOf<{ account: string | null; chain: string | null }>(
      database.ownerUrl,
      "select to_regclass('account')::text as account, to_regclass('audit_chain')::text as chain",
    );
    expect(found).toEqual({ account: table === 'app_user' ? null : 'account', chain: null });
  });

  test('that goes through keeps every row with its values', async () => {
    // It ends after the migrations, before the application does anything.
    const api = start({ DATABASE_APP_URL: database.config.DATABASE_APP_URL.replace(/:[0-9a-f]+@/u, ':wrong@') });
    expect((await api.exit)[0]).toBe(1);
    expect(api.output.stderr).toContain('refused the user or password of DATABASE_APP_URL');
    expect(await applied()).toEqual(allMigrations);
    await asOwner(database.ownerUrl, async (sql) => {
      const now = await columnsOf(sql);
      const kept = new Map(
        [...formerColumns].map(([table, columns]) => {
          const isKept = (name: string) => now.get(table)?.includes(name) && !CHANGED[table]?.includes(name);
          return [table, columns.filter(isKept)];
        }),
      );
      expect([...kept].filter(([, columns]) => columns.length === 0)).toEqual([]);
      const before = normal(formerContent, kept);
      const after = normal(await contentOf(sql, kept), kept);
      for (const table of kept.keys()) {
        expect(after[table], table).toEqual(before[table]);
      }
    });
  });
});

describe('after the upgrade', () => {
  let url: string;
  let api: ReturnType<typeof start>;
  beforeAll(async () => {
    api = start();
    url = await api.ready;
  });

  const signIn = async (email: string): Promise<Client> => {
    const response = await fetch(url + endpoints.signIn.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: PASSWORD }),
    });
    expect(response.status, email).toBe(201);
    return clientOf(url, response.headers.getSetCookie()[0]!.split(';')[0]);
  };

  test('people sign in with their passwords and have the roles that were theirs', async () => {
    for (const { people, name } of OPERATORS) {
      for (const { email, role } of people) {
        const user = await (await signIn(email))(endpoints.getSession);
        expect(user).toMatchObject({ email, role, operator: { name } });
      }
    }
  });

  test('a browser that was signed in still is', async () => {
    for (const { sessionToken, people } of OPERATORS) {
      const user = await clientOf(url, `loopstart_session=${sessionToken}`)(endpoints.getSession);
      expect(user.email).toBe(people[1]!.email);
    }
  });

  test('each operator sees its fleet, and nothing of the other', async () => {
    for (const { people, gatewayId } of OPERATORS) {
      const call = await signIn(people[0]!.email);
      const gateways = await allPages((query) => call(endpoints.listGateways, { query }));
      expect(gateways.map(({ id }) => id)).toEqual([gatewayId]);
      const lines = await allPages((query) => call(endpoints.listPorts, { query }));
      expect(lines.map(({ label }) => label)).toEqual([null, 'Lift', null, null]);
      const other = OPERATORS.find((one) => one.gatewayId !== gatewayId)!;
      const refused = call(endpoints.getGateway, { params: { gatewayId: other.gatewayId } });
      await expect(refused).rejects.toMatchObject({ problem: { status: 404 } satisfies Partial<Problem> });
    }
  });

  test('sealed secrets open, and the authority of the agents is the same', async () => {
    const secrets = await Secrets.of(database.config);
    try {
      for (const { sealed } of OPERATORS)
        for (const { place, plain } of sealed) {
          const value = await asOwner(database.ownerUrl, (sql) => sealedAt(sql, place));
          expect(await secrets.open(place, value)).toBe(plain);
        }
    } finally {
      await secrets.onApplicationShutdown();
    }
    const rows = await rowsOf(database.ownerUrl, 'select state, certificate_pem from certificate_authority');
    expect(rows).toEqual([{ state: 'current', certificate_pem: authority.certificatePem }]);
  });

  test('the audit trail has what it had, goes on, and verifies', async () => {
    for (const { people } of OPERATORS) {
      const call = await signIn(people[0]!.email);
      await call(endpoints.createCustomer, { body: { name: 'After the upgrade' } });
      const entries = await allPages((query) => call(endpoints.listAudit, { query }));
      const verbs = entries.filter(({ subject }) => subject.type === 'customer').map(({ verb }) => verb);
      expect(verbs.toSorted()).toEqual(['create', 'create', 'delete', 'update']);
      expect(await call(endpoints.getAuditVerification)).toMatchObject({
        verdict: 'unbroken',
        breaks: [],
        beforeChain: 3,
      });
    }
  });

  test('alerts go on: what was open is open, people act on it, and new ones are raised', async () => {
    for (const { people, incidentId } of OPERATORS) {
      const call = await signIn(people[2]!.email);
      const params = { incidentId };
      expect(await call(endpoints.getIncident, { params })).toMatchObject({ number: 17, resolvedAt: null });
      await call(endpoints.acknowledgeIncident, { params, body: { comment: 'On it' } });
      expect(await call(endpoints.getIncident, { params })).toMatchObject({ attention: 'acknowledged' });
    }
    api.child.kill('SIGTERM');
    await api.exit;
    const alerting = await TestAlerting.start(database, Date.now());
    try {
      for (const { operatorId, agentId, incidentId } of OPERATORS) {
        await alerting.sweep(await alerting.load(operatorId), 600, 30);
        const raised = await rowsOf(
          database.ownerUrl,
          `select kind from alert where operator_id = $1 and kind = 'agent-silent' and subject_id = $2 and state = 'open'`,
          [operatorId, agentId],
        );
        expect(raised).toHaveLength(1);
        const [before] = await rowsOf(database.ownerUrl, 'select state from incident where id = $1', [incidentId]);
        expect(before).toEqual({ state: 'open' });
      }
    } finally {
      await alerting.close();
    }
  });
});

/** Of these columns alone, spelt in one way. */
function normal(content: Record<string, string[]>, columns: ReadonlyMap<string, readonly string[]>) {
  const one = (row: string, names: readonly string[]) => {
    const all = JSON.parse(row) as Record<string, unknown>;
    return JSON.stringify(Object.fromEntries(names.map((name) => [name, all[name]])));
  };
  return Object.fromEntries(
    [...columns].map(([table, names]) => [table, content[table]!.map((row) => one(row, names)).toSorted()]),
  );
}
