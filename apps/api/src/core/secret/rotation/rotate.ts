import type pg from 'pg';
import { type DataKeyRow, insertKey, wrappedFor } from '../data-keys.ts';
import { SEALED_FIELDS, type SealedField, type SealedFieldName, type SealedRow } from '../sealed-fields.ts';
import type { Scope } from '../../db/scope.ts';
import type { Secrets } from '../secrets.ts';
import { countSealed, type Found, replaceSealed, sealedOtherwise } from './sealed-rows.ts';

/** Values sealed anew in one transaction. */
const BATCH = 200;
/**
 * A former key is removed only so long after it was replaced: a process seals with it for half a minute more, and a
 * transaction that began then takes at most a minute.
 */
const KEPT_MS = 15 * 60_000;

const FIELDS = Object.entries(SEALED_FIELDS) as [SealedFieldName, SealedField][];

/** The fields that an owner's key seals. */
const fieldsOf = (operatorId: string | null): [SealedFieldName, SealedField][] =>
  FIELDS.filter(([, { owner }]) => (owner === 'operator') === (operatorId !== null));

/** Every owner of secrets: the installation (null) and each operator. */
export async function ownersOf(pool: Pick<pg.Pool, 'query'>): Promise<(string | null)[]> {
  const { rows } = await pool.query<{ id: string }>('select id from resolve_operators() as id order by 1');
  return [null, ...rows.map(({ id }) => id)];
}

/**
 * Wraps the data keys of an owner under the current master key; sealed values stay as they are. Returns how many were
 * wrapped anew. May be repeated and run by several processes: a key that changed meanwhile is left.
 */
export async function rewrap(secrets: Secrets, operatorId: string | null): Promise<number> {
  const { keys, masters } = secrets;
  const currentId = await masters.currentId();
  let wrapped = 0;
  for (const row of await keys.rows(operatorId)) {
    if (row.masterKeyId === currentId) continue;
    const bound = wrappedFor(operatorId, row.id);
    const next = await masters.wrap(await masters.unwrap(row, bound), bound);
    const { rowCount } = await keys.work(operatorId, (sql, table) =>
      sql.query(`update ${table} set master_key_id = $3, wrapped = $4 where id = $1 and master_key_id = $2`, [
        row.id,
        row.masterKeyId,
        next.masterKeyId,
        next.wrapped,
      ]),
    );
    wrapped += rowCount ?? 0;
  }
  return wrapped;
}

/** What a rotation of the data key of one owner did. */
export interface Resealed {
  /** Whether there is a new key. False: the current one is young, and an earlier run was continued. */
  newKey: boolean;
  values: number;
  /** Values that open with no key, by field and row. They are left as they are. */
  unreadable: string[];
  /** Former keys that were removed, and those that are still kept. */
  removedKeys: number;
  keptKeys: number;
}

/**
 * Gives an owner a new data key where the current one is older than `olderThanMs`, seals every value with the current
 * key, and removes former keys that nothing needs. Values are readable at every instant; an interrupted run is continued
 * by the next.
 */
export async function rotateDataKey(
  secrets: Secrets,
  operatorId: string | null,
  options: { now: number; olderThanMs: number },
): Promise<Resealed> {
  const [before] = await secrets.keys.rows(operatorId);
  const isOld = before !== undefined && options.now - before.createdAt.getTime() >= options.olderThanMs;
  const newKey = isOld && before.formerSince === null && (await replaceKey(secrets, operatorId, before, options.now));
  secrets.keys.forget(operatorId);
  const { id: keyId } = await secrets.keys.current(operatorId);
  const done = { newKey, values: 0, unreadable: [] as string[] };
  for (const [name, field] of fieldsOf(operatorId))
    for (const scope of await secrets.keys.scopesOf(operatorId, field))
      await resealField(secrets, operatorId, { name, field, keyId, scope }, done);
  return { ...done, ...(await removeFormer(secrets, operatorId, options.now)) };
}

/** Of several runs at once one makes the new key. */
async function replaceKey(
  secrets: Secrets,
  operatorId: string | null,
  before: DataKeyRow,
  now: number,
): Promise<boolean> {
  const key = await secrets.keys.make(operatorId);
  return secrets.keys.work(operatorId, async (sql, table) => {
    const { rowCount } = await sql.query(
      `update ${table} set former_since = $2 where id = $1 and former_since is null`,
      [before.id, new Date(now)],
    );
    if (rowCount !== 1) return false;
    await insertKey(sql, table, operatorId, key, new Date(now));
    return true;
  });
}

async function resealField(
  secrets: Secrets,
  operatorId: string | null,
  { name, field, keyId, scope }: { name: SealedFieldName; field: SealedField; keyId: string; scope: Scope },
  done: { values: number; unreadable: string[] },
): Promise<void> {
  let after: SealedRow | null = null;
  const nextBatch = (): Promise<Found[]> =>
    secrets.keys.work(operatorId, (sql) => sealedOtherwise(sql, field, { keyId, after, limit: BATCH }), scope);
  for (let found = await nextBatch(); found.length > 0; found = await nextBatch()) {
    const resealed: { found: Found; by: Buffer }[] = [];
    for (const one of found) {
      const place = { field: name, operatorId, row: one.row };
      try {
        const plain = await secrets.open(place, one.sealed);
        resealed.push({ found: one, by: await secrets.seal(place, plain) });
      } catch {
        done.unreadable.push(`${name} of ${field.key.map((column) => one.row[column]).join('/')}`);
      }
    }
    done.values += await secrets.keys.work(
      operatorId,
      async (sql) => {
        let replaced = 0;
        for (const { found: one, by } of resealed) if (await replaceSealed(sql, field, one, by)) replaced += 1;
        return replaced;
      },
      scope,
    );
    after = found.at(-1)!.row;
  }
}

/** How many values of an owner are sealed with a key; with null, how many are sealed at all. */
export async function countOf(secrets: Secrets, operatorId: string | null, keyId: string | null): Promise<number> {
  let count = 0;
  for (const [, field] of fieldsOf(operatorId))
    for (const scope of await secrets.keys.scopesOf(operatorId, field))
      count += await secrets.keys.work(operatorId, (sql) => countSealed(sql, field, keyId), scope);
  return count;
}

/** Removes former keys of an owner with which nothing is sealed, once no process can seal with them any more. */
async function removeFormer(
  secrets: Secrets,
  operatorId: string | null,
  now: number,
): Promise<Pick<Resealed, 'removedKeys' | 'keptKeys'>> {
  const former = (await secrets.keys.rows(operatorId)).filter(({ formerSince }) => formerSince !== null);
  let removedKeys = 0;
  for (const { id, formerSince } of former) {
    if (now - formerSince!.getTime() < KEPT_MS) continue;
    if ((await countOf(secrets, operatorId, id)) > 0) continue;
    removedKeys += await secrets.keys.work(
      operatorId,
      async (sql, table) => (await sql.query(`delete from ${table} where id = $1`, [id])).rowCount ?? 0,
    );
  }
  secrets.keys.forget(operatorId);
  return { removedKeys, keptKeys: former.length - removedKeys };
}
