import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../src/core/db/database.ts';
import { Scope, wholeOperator, wholeOperators } from '../src/core/db/scope.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { asOwner } from './postgres.ts';

let database: TestDatabase;
let db: Database;
const operators = [randomUUID(), randomUUID()] as const;

beforeAll(async () => {
  database = await createDatabase();
  db = new Database(database.config);
  await asOwner(database.ownerUrl, async (sql) => {
    for (const id of operators) await sql.query("insert into operator (id, name) values ($1, 'One')", [id]);
  });
});
afterAll(async () => {
  await db.onApplicationShutdown();
  await database.drop();
});

const customers = (operator: string) =>
  db.tx(wholeOperator(operator), async (sql) =>
    (await sql.query<{ name: string }>('select name from customer order by name')).rows.map((row) => row.name),
  );
const add = (operator: string, name: string) =>
  db.tx(wholeOperator(operator), (sql) =>
    sql.query('insert into customer (operator_id, name) values ($1, $2)', [operator, name]),
  );

test('the operator of one transaction does not stay for the next on its connection', async () => {
  await add(operators[0], 'Kept');
  expect(await customers(operators[0])).toContain('Kept');
  expect((await db.query('select name from customer')).rows).toEqual([]);
  expect(await customers(operators[1])).toEqual([]);
});

test('what fails is taken back whole, in SQL and in Prisma', async () => {
  const failing = new Error('after all');
  await expect(
    db.tx(wholeOperator(operators[0]), async (sql) => {
      await sql.query("insert into customer (operator_id, name) values ($1, 'Gone')", [operators[0]]);
      throw failing;
    }),
  ).rejects.toBe(failing);
  await expect(
    db.prismaTx(wholeOperator(operators[0]), async (prisma) => {
      await prisma.customer.create({ data: { operatorId: operators[0], name: 'Gone too' } });
      throw failing;
    }),
  ).rejects.toBe(failing);
  expect(await customers(operators[0])).toEqual(['Kept']);
});

test('transactions in Prisma wait for a connection, as those in SQL do', async () => {
  const scope = wholeOperator(operators[0]);
  // Four rounds of eight connections, each longer than half of the time after which Prisma itself gives up.
  const all = Array.from({ length: 32 }, () =>
    db.prismaTx(scope, (prisma) => prisma.$queryRaw`select pg_sleep(1.1)::text`),
  );
  expect(await Promise.all(all)).toHaveLength(32);
});

test('two that wait for each other both get through', async () => {
  await add(operators[0], 'Left');
  await add(operators[0], 'Right');
  // Each begins with the one the other will want; the first attempts meet.
  let arrived = 0;
  let meet: () => void = () => undefined;
  const met = new Promise<void>((resolve) => {
    meet = resolve;
  });
  let attempts = 0;
  const touch = (first: string, second: string) =>
    db.tx(wholeOperator(operators[0]), async (sql) => {
      attempts += 1;
      const update = `update customer set notes = notes || 'x' where name = $1`;
      await sql.query(update, [first]);
      arrived += 1;
      if (arrived === 2) meet();
      await met;
      await sql.query(update, [second]);
    });
  await Promise.all([touch('Left', 'Right'), touch('Right', 'Left')]);
  const { rows } = await asOwner(database.ownerUrl, (sql) =>
    sql.query("select notes from customer where name in ('Left', 'Right')"),
  );
  expect(rows).toEqual([{ notes: 'xx' }, { notes: 'xx' }]);
  expect(attempts).toBeGreaterThanOrEqual(3);
});

test('a connection that dies between two statements fails its work alone', async () => {
  const work = db.tx(wholeOperator(operators[0]), async (sql) => {
    const { rows } = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
    await asOwner(database.ownerUrl, (owner) => owner.query('select pg_terminate_backend($1)', [rows[0]!.pid]));
    // Long enough for the end of the connection to arrive while nothing is asked of it.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sql.query("insert into customer (operator_id, name) values ($1, 'Lost')", [operators[0]]);
  });
  await expect(work).rejects.toThrow();
  expect(await customers(operators[0])).not.toContain('Lost');
});

describe('the scope of a transaction', () => {
  const names = (scope: Scope) =>
    db.tx(scope, async (sql) =>
      (await sql.query<{ name: string }>('select name from customer')).rows.map((r) => r.name),
    );

  test('without one nothing is seen and nothing is written', async () => {
    expect(await customers(operators[0])).not.toEqual([]);
    expect((await db.query('select name from customer')).rows).toEqual([]);
    expect(await names(wholeOperators([]))).toEqual([]);
    await expect(
      db.query('insert into customer (operator_id, name) values ($1, $2)', [operators[0], 'Unscoped']),
    ).rejects.toThrow(/row-level security/u);
  });

  test('of several operators shows the rows of each, of one operator its own alone', async () => {
    await add(operators[1], 'Of the second');
    expect(await names(wholeOperators(operators))).toEqual(expect.arrayContaining(['Kept', 'Of the second']));
    expect(await names(wholeOperator(operators[1]))).toEqual(['Of the second']);
    expect(await db.prismaTx(wholeOperators(operators), (prisma) => prisma.customer.count())).toBeGreaterThan(1);
  });

  test.for([
    ['the id of an operator', operators[0]],
    ['a list of ids', [...operators]],
    ['nothing', undefined],
    ['something that looks like one', { operatorIds: [operators[0]], limitedTo: null }],
    ['a copy of one', { ...wholeOperator(operators[0]) }],
    ['something made around the constructor', Object.create(Scope.prototype)],
  ] as const)('%s is refused, in SQL and in Prisma', async ([, invalid]) => {
    const work = () => Promise.reject(new Error('must not run'));
    await expect(db.tx(invalid as never, work)).rejects.toThrow(RangeError);
    await expect(db.prismaTx(invalid as never, work)).rejects.toThrow(RangeError);
  });

  test.for(['', 'everything', `${operators[0]},${operators[1]}`, "'; set role none; --"])(
    'no scope is made of %j',
    (id) => {
      expect(() => wholeOperator(id)).toThrow(RangeError);
      expect(() => wholeOperators([operators[0], id])).toThrow(RangeError);
    },
  );

  const places = { customerIds: [], siteIds: [], tags: [] };
  test.for([
    { ...places, customerIds: ["'; set role none; --"] },
    { ...places, siteIds: ['*'] },
    { ...places, tags: ["it's"] },
    { ...places, tags: Array.from({ length: 201 }, (_, n) => `tag-${n}`) },
  ])('no scope is limited to %j', (invalid) =>
    expect(() => wholeOperator(operators[0]).limited(invalid)).toThrow(RangeError),
  );

  test('cannot be widened after it was made', () => {
    const scope = wholeOperator(operators[0]).limited({ ...places, tags: ['north'] });
    expect(() => (scope.limitedTo!.tags as string[]).push('south')).toThrow(TypeError);
    expect(() => scope.limited(null).limited(places)).toThrow(RangeError);
    expect(() => (scope.operatorIds as string[]).push(operators[1])).toThrow(TypeError);
    expect(() => Object.assign(scope, { operatorIds: operators })).toThrow(TypeError);
  });
});
