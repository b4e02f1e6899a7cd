/**
 * What an ordinary list and an ordinary change cost this process through SQL with pg and through Prisma's client, each in
 * the transaction of its operator: milliseconds from call to answer, and CPU of this process (PostgreSQL's own is the same
 * work for both). Both run in turns, so that a busy machine slows both.
 *
 *     npm run bench -- database [--rounds 8] [--calls 250]
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Database } from '../dist/core/db/database.js';
import { Scope } from '../dist/core/db/scope.js';
import { AuditRepository } from '../dist/identity/audit/audit.repository.js';
import { asOwner, startTestServer, TEMPLATE } from '../test/postgres.ts';
import { benchConfig } from './bench-config.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '8' }, calls: { type: 'string', default: '250' } },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);
/** At once, as requests of a busy console. */
const CONCURRENCY = 4;
const ROWS = 100;

const server = await startTestServer();
const config = benchConfig(server);
const db = new Database(config);
const operatorId = randomUUID();
const customerId = randomUUID();
const scope = Scope.wholeOperators([operatorId]);
const audit = new AuditRepository(Date.now);
const BY = { caller: { operatorId, userId: null, name: 'Bench' }, requestId: 'r' };
const ENTRY = { verb: 'update', subjectType: 'customer', subjectId: customerId, change: { notes: 'x' } } as const;

const WAYS: Record<string, Record<string, () => Promise<unknown>>> = {
  'list of 100 rows': {
    sql: () =>
      db.tx(scope, async (sql) => {
        const { rows } = await sql.query(
          `select id, name, notes, created_at as "createdAt", archived_at as "archivedAt" from customer
           where operator_id = $1 and archived_at is null order by name, id limit $2`,
          [operatorId, ROWS],
        );
        return rows;
      }),
    prisma: () =>
      db.prismaTx(scope, (prisma) =>
        prisma.customer.findMany({
          where: { operatorId, archivedAt: null },
          select: { id: true, name: true, notes: true, createdAt: true, archivedAt: true },
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
          take: ROWS,
        }),
      ),
  },
  'change with audit': {
    sql: () =>
      db.tx(scope, async (sql) => {
        await sql.query('update customer set notes = $2 where id = $1 and archived_at is null', [customerId, 'x']);
        await audit.write(sql, BY, ENTRY);
      }),
    prisma: () =>
      db.prismaTx(scope, async (prisma) => {
        await prisma.customer.updateMany({ where: { id: customerId, archivedAt: null }, data: { notes: 'x' } });
        await audit.record(prisma, BY, ENTRY);
      }),
  },
};

try {
  await asOwner(server.url(TEMPLATE), async (sql) => {
    await sql.query("insert into operator (id, name) values ($1, 'Bench')", [operatorId]);
    await sql.query(
      `insert into customer (operator_id, name, notes) select $1, 'Customer ' || i, repeat('note ', 10) from generate_series(1, $2::int) i`,
      [operatorId, 2 * ROWS],
    );
    await sql.query('analyze');
  });
  for (const [what, ways] of Object.entries(WAYS)) {
    const took: Record<string, { ms: number[]; cpuMs: number }> = {};
    for (const [name, call] of Object.entries(ways)) {
      await repeat(call, 100);
      took[name] = { ms: [], cpuMs: 0 };
    }
    for (let round = 0; round < rounds; round += 1)
      for (const [name, call] of Object.entries(ways)) {
        const before = process.cpuUsage();
        took[name]!.ms.push(...(await repeat(call, calls)));
        const { user, system } = process.cpuUsage(before);
        took[name]!.cpuMs += (user + system) / 1000;
      }
    for (const [name, { ms, cpuMs }] of Object.entries(took)) {
      ms.sort((a, b) => a - b);
      const at = (share: number) => ms[Math.floor(ms.length * share)]!.toFixed(2);
      console.log(
        `${what.padEnd(20)} ${name.padEnd(7)} p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  CPU ${(cpuMs / ms.length).toFixed(3)} ms a call`,
      );
    }
    const share = took['prisma']!.cpuMs / took['sql']!.cpuMs;
    console.log(`${what.padEnd(20)} Prisma takes ${share.toFixed(1)} times the CPU of SQL`);
  }
} finally {
  await db.onApplicationShutdown();
  await server.stop();
}

/** Runs `call` so many times, some at once; how long each took, ms. */
async function repeat(call: () => Promise<unknown>, times: number): Promise<number[]> {
  const ms: number[] = [];
  let left = times;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (left-- > 0) {
        const from = performance.now();
        await call();
        ms.push(performance.now() - from);
      }
    }),
  );
  return ms;
}
