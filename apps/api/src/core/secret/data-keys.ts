import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { beginOf } from '../db/database.ts';
import { accountAlone, type Scope, wholeOperator, wholeOperators } from '../db/scope.ts';
import { KEY_BYTES } from './aes-gcm.ts';
import type { MasterKeys } from './master-keys.ts';
import { ownerOf, type SealedField } from './sealed-fields.ts';

/** A data key, unwrapped. */
export interface DataKey {
  id: string;
  bytes: Buffer;
}

/** A data key as the database has it. */
export interface DataKeyRow {
  id: string;
  masterKeyId: string;
  wrapped: Buffer;
  createdAt: Date;
  formerSince: Date | null;
}

interface Known {
  current: string;
  readAtMs: number;
  keys: ReadonlyMap<string, Buffer>;
}

/** How long a process may seal with a key that is not the current one any more. Rotation keeps former keys for longer. */
const CURRENT_FOR_MS = 30_000;
/** Owners whose keys are kept unwrapped; beyond, the one used longest ago is read again. */
const OWNERS_MAX = 5_000;
const COLUMNS = `id, master_key_id as "masterKeyId", wrapped, created_at as "createdAt", former_since as "formerSince"`;

/**
 * The data keys of operators and of the installation, made at their first use. They are read on connections of their
 * own: callers hold one already, and must not wait for a second of the same pool.
 */
export class DataKeys {
  readonly #known = new Map<string, Known>();
  readonly #reading = new Map<string, Promise<Known>>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly masters: MasterKeys,
    private readonly now: () => number,
  ) {}

  /** The key to seal with. */
  async current(operatorId: string | null): Promise<DataKey> {
    const known = this.#known.get(ownerOf(operatorId));
    const isFresh = known !== undefined && Math.abs(this.now() - known.readAtMs) < CURRENT_FOR_MS;
    const { current, keys } = isFresh ? known : await this.#read(operatorId);
    return { id: current, bytes: keys.get(current)! };
  }

  /** The key with this id; it may be former. Throws an Error of one sentence where the owner has none such. */
  async byId(operatorId: string | null, id: string): Promise<Buffer> {
    const key = this.#known.get(ownerOf(operatorId))?.keys.get(id) ?? (await this.#read(operatorId)).keys.get(id);
    if (key === undefined)
      throw new Error(`The key ${id}, with which the secret was encrypted, is not there any more.`);
    return key;
  }

  /** Forgets what was read, after keys were changed. */
  forget(operatorId: string | null): void {
    this.#known.delete(ownerOf(operatorId));
  }

  /** The rows of an owner's keys, the current one first. */
  rows(operatorId: string | null): Promise<DataKeyRow[]> {
    return this.work(operatorId, async (sql, table) => {
      const { rows } = await sql.query<DataKeyRow>(
        `select ${COLUMNS} from ${table} order by former_since desc nulls first, id`,
      );
      return rows;
    });
  }

  /** The scopes that together see all rows of a field: of accounts, each sees its own alone. */
  async scopesOf(operatorId: string | null, { owner }: SealedField): Promise<Scope[]> {
    if (owner !== 'account') return [scopeOf(operatorId)];
    const { rows } = await this.pool.query<{ id: string }>('select resolve_sealed_accounts() as id');
    return rows.map(({ id }) => accountAlone(id));
  }

  /** Runs `run` in a transaction of this owner or scope, with the table of the owner's keys. */
  async work<T>(
    operatorId: string | null,
    run: (sql: pg.PoolClient, table: string) => Promise<T>,
    scope = scopeOf(operatorId),
  ): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(beginOf(scope));
      const result = await run(client, operatorId === null ? 'installation_key' : 'data_key');
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** A new key of this owner, wrapped, not stored. */
  async make(operatorId: string | null): Promise<Pick<DataKeyRow, 'id' | 'masterKeyId' | 'wrapped'>> {
    const id = randomUUID();
    return { id, ...(await this.masters.wrap(randomBytes(KEY_BYTES), wrappedFor(operatorId, id))) };
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** One read at a time for each owner. */
  #read(operatorId: string | null): Promise<Known> {
    const owner = ownerOf(operatorId);
    const running = this.#reading.get(owner);
    if (running !== undefined) return running;
    const reading = this.#load(operatorId).finally(() => this.#reading.delete(owner));
    this.#reading.set(owner, reading);
    return reading;
  }

  async #load(operatorId: string | null): Promise<Known> {
    const owner = ownerOf(operatorId);
    const readAtMs = this.now();
    let rows = await this.rows(operatorId);
    if (rows[0]?.formerSince !== null) {
      await this.#begin(operatorId);
      rows = await this.rows(operatorId);
    }
    const before = this.#known.get(owner)?.keys;
    const keys = new Map<string, Buffer>();
    for (const row of rows)
      keys.set(row.id, before?.get(row.id) ?? (await this.masters.unwrap(row, wrappedFor(operatorId, row.id))));
    const known = { current: rows[0]!.id, readAtMs, keys };
    this.#known.delete(owner);
    this.#known.set(owner, known);
    if (this.#known.size > OWNERS_MAX) this.#known.delete(this.#known.keys().next().value!);
    return known;
  }

  /** Of several processes at once the first one's key stays. */
  async #begin(operatorId: string | null): Promise<void> {
    const key = await this.make(operatorId);
    await this.work(operatorId, (sql, table) => insertKey(sql, table, operatorId, key, new Date(this.now())));
  }
}

const scopeOf = (operatorId: string | null): Scope =>
  operatorId === null ? wholeOperators([]) : wholeOperator(operatorId);

/** Stores a key as the current one; nothing where there is a current one. */
export async function insertKey(
  sql: pg.PoolClient,
  table: string,
  operatorId: string | null,
  key: Pick<DataKeyRow, 'id' | 'masterKeyId' | 'wrapped'>,
  now: Date,
): Promise<void> {
  const values = [key.id, key.masterKeyId, key.wrapped, now];
  await sql.query(
    operatorId === null
      ? `insert into ${table} (id, master_key_id, wrapped, created_at) values ($1, $2, $3, $4) on conflict do nothing`
      : `insert into ${table} (id, master_key_id, wrapped, created_at, operator_id) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    operatorId === null ? values : [...values, operatorId],
  );
}

/** What is authenticated with a wrapped key: whose it is, and which. */
export const wrappedFor = (operatorId: string | null, keyId: string): string =>
  JSON.stringify(['data key', ownerOf(operatorId), keyId]);
