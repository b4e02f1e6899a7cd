import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { wholeOperator } from '../src/core/db/scope.ts';
import { sentencesOf, verifyAuditFile } from '../src/identity/audit/index.ts';
import { ADA, byAda, deleted, renamed, Trail } from './audit-chain.ts';
import { createDatabase, type TestDatabase } from './database.ts';
import { rowsOf } from './ingest.ts';

const DAY_MS = 86_400_000;
let now = Date.parse('2026-11-30T10:00:00Z');
let database: TestDatabase;
let trail: Trail;
let oak: string;

/** As somebody with all rights on the database can do it, who is not Loopstart. */
const asOwner = (statement: string, values: unknown[] = []) => rowsOf(database.ownerUrl, statement, values);

beforeAll(async () => {
  database = await createDatabase();
  trail = new Trail(database, () => now);
});
beforeEach(async () => {
  const [row] = await rowsOf<{ id: string }>(
    database.ownerUrl,
    "insert into operator (name) values ('Oak') returning id",
  );
  oak = row!.id;
});
afterAll(async () => {
  await trail.close();
  await database.drop();
});

const breaksOf = async () => (await trail.verify(oak)).breaks.map(({ kind, seq }) => [kind, seq]);

describe('writing', () => {
  test('an empty trail says that it is empty', async () => {
    expect(await trail.verify(oak)).toMatchObject({ verdict: 'empty', entries: 0, breaks: [] });
  });

  test('what the database hashes is what the domain hashes, for any JSON', async () => {
    const change = {
      text: 'é€\u{1f600}\n"\\\u0001',
      numbers: [1e21, 1e-7, -0, 0.1, 123_456_789.123, 1e300],
      nested: { b: [], a: {}, '': null },
    };
    await trail.write(oak, { ...renamed('x'), change }, renamed('y'));
    expect(await trail.verify(oak)).toMatchObject({
      verdict: 'unbroken',
      entries: 2,
      first: { seq: 1 },
      last: { seq: 2 },
    });
  });

  test('a hundred changes at once make one chain, in Prisma and in SQL, of one and several entries', async () => {
    const scope = wholeOperator(oak);
    const site = renamed('x');
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        index % 3 === 0
          ? trail.db.prismaTx(scope, (prisma) => trail.audit.record(prisma, byAda(oak), site))
          : trail.write(oak, ...Array.from({ length: index % 3 }, () => site)),
      ),
    );
    expect(await trail.verify(oak)).toMatchObject({ verdict: 'unbroken', entries: 133, last: { seq: 133 } });
  });

  test('transactions that write first and then wait for each other do not dead-lock on the chain', async () => {
    const scope = wholeOperator(oak);
    await trail.db.tx(scope, async (one) => {
      await trail.audit.write(one, byAda(oak), renamed('one'));
      // The other commits while this one is under way.
      await trail.write(oak, renamed('other'));
      await trail.audit.write(one, byAda(oak), renamed('one again'));
    });
    const names = await rowsOf<{ name: string }>(
      database.ownerUrl,
      `select change ->> 'name' as name from audit_entry where operator_id = $1 order by seq`,
      [oak],
    );
    expect(names.map(({ name }) => name)).toEqual(['other', 'one', 'one again']);
    expect(await breaksOf()).toEqual([]);
  });

  test('a transaction that fails leaves no gap', async () => {
    await trail.write(oak, renamed('a'));
    const failing = trail.db.tx(wholeOperator(oak), async (sql) => {
      await trail.audit.write(sql, byAda(oak), renamed('b'));
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await trail.write(oak, renamed('c'));
    expect(await trail.verify(oak)).toMatchObject({ verdict: 'unbroken', entries: 2 });
  });

  test.for<[string, string]>([
    ['change an entry', "update audit_entry set user_name = 'x'"],
    ['delete an entry', 'delete from audit_entry'],
    ['move the end', 'update audit_chain set seq = 0'],
    ['sign nothing away', 'delete from audit_head'],
    [
      'add an entry past the chain',
      `insert into audit_entry (operator_id, user_name, verb, subject_type, subject_id, change) select operator_id, 'x', 'x', 'x', 'x', '{}' from audit_chain limit 1`,
    ],
  ])('the application cannot %s', async ([, statement]) => {
    await trail.write(oak, renamed('a'));
    await expect(trail.db.tx(wholeOperator(oak), (sql) => sql.query(statement))).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('it can delete the beginning only where a head was signed for that', async () => {
    await trail.write(oak, renamed('a'), renamed('b'));
    await trail.heads.signDaily();
    const forget = trail.db.tx(wholeOperator(oak), (sql) => sql.query('select forget_audit_entries($1, 2, 10)', [oak]));
    await expect(forget).rejects.toThrow('no head was signed');
  });
});

describe('what somebody with all rights on the database did to it is found', () => {
  const at = (seq: number) => `where operator_id = $1 and seq = ${seq}`;
  beforeEach(async () => {
    for (const name of 'abcdef') await trail.write(oak, renamed(name));
    await trail.heads.signDaily();
    await trail.write(oak, renamed('g'));
  });

  test.for<[string, string, unknown[]]>([
    ['another name', `update audit_entry set user_name = 'Bob' ${at(3)}`, [['changed', 3]]],
    ['another time', `update audit_entry set at = at + interval '1 hour' ${at(3)}`, [['changed', 3]]],
    ['another value', `update audit_entry set change = '{"name":"z"}' ${at(3)}`, [['changed', 3]]],
    ['another former value', `update audit_entry set before = null ${at(3)}`, [['changed', 3]]],
    ['another address', `update audit_entry set address = '203.0.113.1' ${at(3)}`, [['changed', 3]]],
    ['a deleted entry', `delete from audit_entry ${at(3)}`, [['missing', 3]]],
    ['a deleted last entry', `delete from audit_entry ${at(7)}`, [['end-missing', 7]]],
    [
      'a hash of its own',
      `update audit_entry set hash = previous ${at(3)}`,
      [
        ['changed', 3],
        ['moved', 4],
      ],
    ],
    [
      'an erasure without a record',
      `update audit_entry set user_name = 'erased person', author_salt = null, address = null, user_agent = null ${at(3)}`,
      [['erased-without-record', 3]],
    ],
    [
      'an entry without a place',
      `insert into audit_entry (operator_id, user_name, verb, subject_type, subject_id, change) values ($1, 'x', 'x', 'x', 'x', '{}')`,
      [['not-chained', 7]],
    ],
    [
      'a head of another hash',
      `update audit_head set hash = sha256('x') where operator_id = $1`,
      [
        ['head-differs', 6],
        ['head-signature', 6],
      ],
    ],
    [
      'a beginning that was moved',
      `update audit_chain set begins_after = 1 where operator_id = $1`,
      [
        ['beginning', 1],
        ['moved', 1],
      ],
    ],
  ])('%s', async ([, statement, expected]) => {
    expect(await breaksOf()).toEqual([]);
    await asOwner(statement, [oak]);
    expect(await breaksOf()).toEqual(expected);
    expect(await trail.verify(oak)).toMatchObject({ verdict: 'broken' });
  });

  test('a whole chain written anew, which fits in itself', async () => {
    await asOwner(`delete from audit_entry where operator_id = $1`, [oak]);
    await asOwner(`update audit_chain set seq = 0, hash = decode(repeat('00', 32), 'hex') where operator_id = $1`, [
      oak,
    ]);
    for (const name of 'abcdefg') await trail.write(oak, renamed(name));
    expect(await breaksOf()).toEqual([['head-differs', 6]]);
  });
});

describe('heads', () => {
  test('an end is signed once a day, and only where the trail grew', async () => {
    const heads = () => asOwner('select seq from audit_head where operator_id = $1 order by id', [oak]);
    await trail.heads.signDaily();
    expect(await heads()).toEqual([]);
    await trail.write(oak, renamed('a'));
    await trail.heads.signDaily();
    await trail.write(oak, renamed('b'));
    await trail.heads.signDaily();
    expect(await heads()).toEqual([{ seq: '1' }]);
    now += DAY_MS;
    await trail.heads.signDaily();
    now += DAY_MS;
    await trail.heads.signDaily();
    expect(await heads()).toEqual([{ seq: '1' }, { seq: '2' }]);
    expect((await trail.verify(oak)).heads).toMatchObject({ matching: 2, total: 2, lastSeq: 2 });
  });

  test('the private key is stored sealed', async () => {
    await trail.key.published();
    const [row] = await rowsOf<{ value: Buffer }>(
      database.ownerUrl,
      "select value from installation_secret where name = 'audit-signing-key'",
    );
    expect(row!.value.toString('latin1')).not.toContain('PRIVATE KEY');
  });
});

describe('retention', () => {
  test('old entries go, and the chain begins with a signed head', async () => {
    now = Date.parse('2024-01-15T00:00:00Z');
    await trail.write(oak, renamed('a'), renamed('b'));
    now = Date.parse('2026-01-15T00:00:00Z');
    await trail.write(oak, renamed('c'));
    now = Date.parse('2026-11-30T10:00:00Z');
    expect(await trail.retention.forget()).toBeGreaterThanOrEqual(2);
    // Nothing more is old enough.
    expect(await trail.retention.forget()).toBe(0);
    expect(await trail.verify(oak)).toMatchObject({
      verdict: 'unbroken',
      entries: 2,
      deletedUpTo: 2,
      first: { seq: 3 },
      last: { seq: 4 },
      heads: { matching: 1, total: 1 },
    });
    const [record] = await asOwner(`select change from audit_entry where operator_id = $1 and verb = 'forget'`, [oak]);
    expect(record).toEqual({ change: { before: '2024-11-30T10:00:00.000Z', entries: 2, upTo: 2 } });
  });

  test('entries whose times are not in the order of the chain stay while all of them are young', async () => {
    now = Date.parse('2026-11-30T10:00:00.050Z');
    await trail.write(oak, renamed('later, and first in the chain'));
    now = Date.parse('2026-11-30T10:00:00.000Z');
    await trail.write(oak, renamed('earlier, and second'));
    await trail.retention.forget();
    expect(await trail.verify(oak)).toMatchObject({ verdict: 'unbroken', entries: 2, first: { seq: 1 } });
  });

  test('an operator may keep its trail for a shorter time, and no shorter than a year', async () => {
    now = Date.parse('2025-11-01T00:00:00Z');
    await trail.write(oak, renamed('a'));
    now = Date.parse('2026-11-30T10:00:00Z');
    const set = (months: number) =>
      trail.db.tx(wholeOperator(oak), (sql) => trail.settings.setRetentionMonths(sql, oak, months));
    await expect(set(11)).rejects.toMatchObject({ code: '23514' });
    await set(12);
    await trail.retention.forget();
    expect(await trail.verify(oak)).toMatchObject({ verdict: 'unbroken', deletedUpTo: 1, entries: 1 });
  });
});

describe('an exported file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loopstart-audit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function verified(text: string, key?: string) {
    const path = join(folder, 'audit.ndjson');
    await writeFile(path, text);
    return verifyAuditFile(path, key ?? (await trail.key.published()).publicKey);
  }

  test('is verified with the public key, and every change of it is found', async () => {
    for (const name of 'abc') await trail.write(oak, renamed(name));
    const text = await trail.file(oak);
    const whole = await verified(text);
    expect(whole).toMatchObject({
      complete: true,
      ended: true,
      entries: 3,
      breaks: [],
      heads: { matching: 1, total: 1 },
    });
    expect(sentencesOf(whole)[0]).toMatch(/^3 entries, .*: unbroken\.$/);
    const lines = text.trimEnd().split('\n');
    expect((await verified(lines.toSpliced(3, 1).join('\n'))).breaks).toMatchObject([{ kind: 'missing', seq: 2 }]);
    expect((await verified(text.replace('"name":"b"', '"name":"z"'))).breaks).toMatchObject([
      { kind: 'changed', seq: 2 },
    ]);
    expect(await verified(lines.slice(0, -2).join('\n'))).toMatchObject({
      ended: false,
      breaks: [{ kind: 'end-missing' }],
    });
    await expect(verified(text.replace('"type":"entry"', '"type":"other"'))).rejects.toThrow('Line 3 is no line');
  });

  test('is not vouched for by another key, even where the file names one', async () => {
    await trail.write(oak, renamed('a'));
    const other = await createDatabase();
    const elsewhere = new Trail(other, () => now);
    const { publicKey } = await elsewhere.key.published();
    await elsewhere.close();
    await other.drop();
    expect((await verified(await trail.file(oak), publicKey)).breaks).toMatchObject([{ kind: 'head-signature' }]);
  });

  test('with filters says that it cannot show what is missing', async () => {
    await trail.write(oak, renamed('a'), deleted, renamed('c'));
    const some = await verified(await trail.file(oak, { verb: ['update'] }));
    expect(some).toMatchObject({ complete: false, entries: 2, breaks: [] });
    expect(sentencesOf(some).join(' ')).toContain('cannot show that none is missing');
  });

  test('has no other operator’s entries', async () => {
    const [elm] = await rowsOf<{ id: string }>(
      database.ownerUrl,
      "insert into operator (name) values ('Elm') returning id",
    );
    await trail.write(elm!.id, renamed('secret of elm'));
    await trail.write(oak, renamed('a'));
    expect(await trail.file(oak)).not.toContain('secret of elm');
    expect(await readFile(join(folder, 'audit.ndjson'), 'utf8')).not.toContain('secret of elm');
  });
});

test('the author of an entry is who asked', async () => {
  await trail.write(oak, renamed('a'));
  expect(await asOwner('select user_id as id from audit_entry where operator_id = $1', [oak])).toEqual([{ id: ADA }]);
});
