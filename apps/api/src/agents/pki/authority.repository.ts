import { randomUUID } from 'node:crypto';
import type { Database, Sql } from '../../core/db/database.ts';
import { wholeOperators } from '../../core/db/scope.ts';
import type { SealedPlace } from '../../core/secret/sealed-fields.ts';
import type { Secrets } from '../../core/secret/secrets.ts';
import { type Authority, type Identity, loadAuthority, makeAuthority } from './certificates.ts';

/** A certificate authority that is trusted: `next` and `former` beside the current one, which signs. */
export interface StoredAuthority extends Authority {
  id: string;
  state: 'next' | 'current' | 'former';
  since: Date;
}

interface Row {
  id: string;
  state: StoredAuthority['state'];
  certificatePem: string;
  key: Buffer;
  since: Date;
}

/** The secret in which versions without rotation keep the only authority. */
const FIRST = 'installation-ca';
const FIRST_PLACE: SealedPlace = { field: 'installation_secret.value', operatorId: null, row: { name: FIRST } };
const placeOf = (id: string): SealedPlace => ({ field: 'certificate_authority.key', operatorId: null, row: { id } });
const NOBODY = wholeOperators([]);

/** The certificate authorities of the installation, their keys sealed. */
export class AuthorityRepository {
  readonly #loaded = new Map<string, Authority>();

  constructor(
    private readonly db: Database,
    private readonly secrets: Secrets,
    private readonly now: () => number,
  ) {}

  /**
   * The trusted ones, the current one first. The first one is made, or taken over, where there is none. `sql`: a transaction
   * to read them in.
   */
  async trusted(sql?: Sql): Promise<StoredAuthority[]> {
    const rows = await this.#rows(sql);
    if (rows.length > 0) return Promise.all(rows.map((row) => this.#load(row)));
    await this.#begin();
    return this.trusted();
  }

  /**
   * The ids of the trusted ones, the current one first, locked for the transaction: what is signed meanwhile is signed by
   * the current one, and none is introduced or replaced before the transaction ends.
   */
  async lockTrusted(sql: Sql): Promise<string[]> {
    await sql.query('lock table certificate_authority in row share mode');
    const { rows } = await sql.query<{ id: string }>(
      `select id from certificate_authority where state <> 'withdrawn' order by state = 'current' desc, since desc`,
    );
    return rows.map(({ id }) => id);
  }

  /** A new one as `next`. */
  async introduce(): Promise<void> {
    const made = await makeAuthority(this.now());
    await this.#alone((sql, now) => this.#insert(sql, 'next', made, now));
  }

  /** The next one signs from now on, and the current one becomes the former. */
  async promote(): Promise<void> {
    await this.#alone(async (sql, now) => {
      await sql.query(`update certificate_authority set state = 'former', since = $1 where state = 'current'`, [now]);
      await sql.query(`update certificate_authority set state = 'current', since = $1 where state = 'next'`, [now]);
    });
  }

  /** The former one is trusted no longer, and its key is destroyed. */
  async withdraw(): Promise<void> {
    await this.#alone(async (sql, now) => {
      await sql.query(
        `update certificate_authority set state = 'withdrawn', key = null, since = $1 where state = 'former'`,
        [now],
      );
      await sql.query('delete from installation_secret where name = $1', [FIRST]);
    });
  }

  /** While no certificate is being signed. */
  #alone(work: (sql: Sql, now: Date) => Promise<void>): Promise<void> {
    return this.db.tx(NOBODY, async (sql) => {
      await sql.query('lock table certificate_authority in exclusive mode');
      await work(sql, new Date(this.now()));
    });
  }

  async #rows(sql: Sql | undefined): Promise<Row[]> {
    const text = `select id, state, certificate_pem as "certificatePem", key, since from certificate_authority
      where state <> 'withdrawn' order by state = 'current' desc, since desc`;
    const { rows } = await (sql === undefined ? this.db.query<Row>(text) : sql.query<Row>(text));
    return rows;
  }

  async #load({ id, state, certificatePem, key, since }: Row): Promise<StoredAuthority> {
    let authority = this.#loaded.get(id);
    if (authority === undefined) {
      authority = await loadAuthority({ keyPem: await this.secrets.open(placeOf(id), key), certificatePem });
      this.#loaded.set(id, authority);
    }
    return { ...authority, id, state, since };
  }

  /** Of several processes that start at once the first to store its CA wins; the others take that one. */
  async #begin(): Promise<void> {
    const { rows } = await this.db.query<{ value: Buffer }>('select value from installation_secret where name = $1', [
      FIRST,
    ]);
    const sealed = rows[0]?.value;
    const first =
      sealed === undefined
        ? await makeAuthority(this.now())
        : (JSON.parse(await this.secrets.open(FIRST_PLACE, sealed)) as Identity);
    await this.#alone((sql, now) => this.#insert(sql, 'current', first, now));
  }

  async #insert(sql: Sql, state: 'next' | 'current', { keyPem, certificatePem }: Identity, now: Date): Promise<void> {
    const id = randomUUID();
    await sql.query(
      `insert into certificate_authority (id, state, certificate_pem, key, introduced_at, since) values ($1, $2, $3, $4, $5, $5)
       on conflict do nothing`,
      [id, state, certificatePem, await this.secrets.seal(placeOf(id), keyPem), now],
    );
  }
}
