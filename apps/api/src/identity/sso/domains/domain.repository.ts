import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DOMAIN_CHECK_MS, type DomainProof, type DomainState, speaksFor, type TxtLookup } from '@loopstart/domain';
import { Database, type Sql } from '../../../core/db/database.ts';

/** A domain of an operator's connections, with its proof. */
export interface DomainRow {
  operatorId: string;
  domain: string;
  token: string;
  proof: DomainProof;
  lastLookup: TxtLookup | null;
  checkedAt: Date | null;
  /** Another operator has proven it. */
  isTaken: boolean;
}

interface Stored extends Omit<DomainRow, 'proof'> {
  state: DomainState;
  since: Date;
  absentSince: Date | null;
  absentLast: Date | null;
  absentTimes: number;
  countsUntil: Date | null;
}

const COLUMNS = `operator_id as "operatorId", domain, token, state, since, absent_since as "absentSince",
  absent_last as "absentLast", absent_times as "absentTimes", counts_until as "countsUntil", last_lookup as "lastLookup",
  checked_at as "checkedAt", resolve_sso_domain_taken(operator_id, domain) as "isTaken"`;

function readRow({ state, since, absentSince, absentLast, absentTimes, countsUntil, ...row }: Stored): DomainRow {
  const absent =
    absentSince === null || absentLast === null
      ? null
      : { since: absentSince.getTime(), last: absentLast.getTime(), times: absentTimes };
  return {
    ...row,
    proof: { state, since: since.getTime(), absent, countsUntil: countsUntil?.getTime() ?? null },
  };
}

/** Whether a connection may speak for a domain: it is proven, or counts for now and nobody else has proven it. */
export const isSpeaking = ({ proof, isTaken }: DomainRow, now: number): boolean =>
  speaksFor(proof, now) && (proof.state === 'proven' || !isTaken);

/** The domains of connections to identity providers. */
@Injectable()
export class DomainRepository {
  constructor(private readonly db: Database) {}

  /** All of an operator, by name. */
  async all(sql: Sql, operatorId: string): Promise<DomainRow[]> {
    const { rows } = await sql.query<Stored>(
      `select ${COLUMNS} from sso_domain where operator_id = $1 order by domain`,
      [operatorId],
    );
    return rows.map(readRow);
  }

  async lock(sql: Sql, operatorId: string, domain: string): Promise<DomainRow | null> {
    const { rows } = await sql.query<Stored>(
      `select ${COLUMNS} from sso_domain where operator_id = $1 and domain = $2 for update`,
      [operatorId, domain],
    );
    return rows[0] === undefined ? null : readRow(rows[0]);
  }

  /** Those of these domains for which a connection may speak. */
  async speaking(sql: Sql, operatorId: string, domains: readonly string[], at: Date): Promise<string[]> {
    const all = await this.all(sql, operatorId);
    return all
      .filter((row) => domains.includes(row.domain) && isSpeaking(row, at.getTime()))
      .map(({ domain }) => domain);
  }

  /** Whether an active connection of the operator is offered to anybody. */
  async isOffered(sql: Sql, operatorId: string, at: Date): Promise<boolean> {
    const { rows } = await sql.query<{ domain: string }>(
      'select distinct unnest(domains) as domain from sso_connection where operator_id = $1 and is_active',
      [operatorId],
    );
    const named = rows.map(({ domain }) => domain);
    return (await this.speaking(sql, operatorId, named, at)).length > 0;
  }

  /** After connections changed: domains that they name are to be proven, those that none names are nobody's. */
  async settle(sql: Sql, operatorId: string, at: Date): Promise<void> {
    const { rows } = await sql.query<{ domain: string }>(
      'select distinct unnest(domains) as domain from sso_connection where operator_id = $1',
      [operatorId],
    );
    const named = rows.map(({ domain }) => domain);
    await sql.query('delete from sso_domain where operator_id = $1 and not domain = any ($2)', [operatorId, named]);
    for (const domain of named)
      await sql.query(
        `insert into sso_domain (operator_id, domain, token, state, since, check_due_at)
         values ($1, $2, $3, 'pending', $4, $5) on conflict do nothing`,
        [operatorId, domain, randomBytes(24).toString('hex'), at, new Date(at.getTime() + DOMAIN_CHECK_MS)],
      );
  }

  /** Throws a unique violation where another operator proved it meanwhile. */
  async checked(sql: Sql, row: DomainRow, proof: DomainProof, lookup: TxtLookup, at: Date): Promise<void> {
    const time = (ms: number | undefined | null) => (ms === undefined || ms === null ? null : new Date(ms));
    await sql.query(
      `update sso_domain set state = $3, since = $4, absent_since = $5, absent_last = $6, absent_times = $7,
         counts_until = $8, last_lookup = $9, checked_at = $10, check_due_at = $11
       where operator_id = $1 and domain = $2`,
      [
        row.operatorId,
        row.domain,
        proof.state,
        new Date(proof.since),
        time(proof.absent?.since),
        time(proof.absent?.last),
        proof.absent?.times ?? 0,
        time(proof.countsUntil),
        lookup,
        at,
        new Date(at.getTime() + DOMAIN_CHECK_MS),
      ],
    );
  }

  /** Domains that are to be looked up now, of all operators. */
  async due(at: Date, limit: number): Promise<{ operatorId: string; domain: string }[]> {
    const { rows } = await this.db.query<{ operatorId: string; domain: string }>(
      'select operator_id as "operatorId", domain from resolve_sso_domains_due($1, $2)',
      [at, limit],
    );
    return rows;
  }

  async owners(sql: Sql, operatorId: string): Promise<{ email: string; name: string }[]> {
    const { rows } = await sql.query<{ email: string; name: string }>(
      `select email, name from person where operator_id = $1 and role = 'owner' and removed_at is null order by id`,
      [operatorId],
    );
    return rows;
  }

  async connectionsOf(sql: Sql, operatorId: string, domain: string): Promise<string[]> {
    const { rows } = await sql.query<{ id: string }>(
      'select id from sso_connection where operator_id = $1 and $2 = any (domains) order by id',
      [operatorId, domain],
    );
    return rows.map(({ id }) => id);
  }
}
