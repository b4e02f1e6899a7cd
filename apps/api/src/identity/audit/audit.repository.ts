import { Inject, Injectable } from '@nestjs/common';
import type { AUDITED, AuditSubject } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { PrismaTx, Sql } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { originNow } from '../../core/http/origin.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { chained } from './chain/chained.ts';

interface Written {
  subjectId: string;
  change: Prisma.InputJsonObject;
  /** What the fields of `change` were before, where there was something before. */
  before?: Prisma.InputJsonObject;
}

/** What is recorded. Only what the domain lists can be done to each kind of thing. */
export type AuditEntry = {
  [S in AuditSubject]: Written & { subjectType: S; verb: (typeof AUDITED)[S][number] };
}[AuditSubject];

/** The author: the person or token, and the request; an agent that enrols has neither, nor has the system. */
export interface Author {
  caller: Pick<Caller, 'operatorId' | 'name'> & { userId: string | null; tokenId?: string };
  requestId: string | null;
}

type Row = Record<(typeof COLUMNS)[number], string | null>;

/** The columns of an entry as it is written, and their types. */
const TYPES = {
  operator_id: 'uuid',
  at: 'timestamptz',
  user_id: 'uuid',
  user_name: 'text',
  request_id: 'text',
  verb: 'text',
  subject_type: 'text',
  subject_id: 'text',
  change: 'jsonb',
  before: 'jsonb',
  address: 'text',
  user_agent: 'text',
  author_salt: 'bytea',
  author_commitment: 'bytea',
  details_salt: 'bytea',
  details_commitment: 'bytea',
  digest: 'bytea',
} as const;
const COLUMNS = Object.keys(TYPES) as (keyof typeof TYPES)[];

/** All entries of a change in one statement: a bulk change stays one round trip. */
const INSERT = `insert into audit_entry (${COLUMNS.join(', ')}) select ${COLUMNS.map((name) =>
  TYPES[name] === 'bytea' ? `decode(${name}, 'hex')` : `${name}::${TYPES[name]}`,
).join(', ')} from unnest(${COLUMNS.map((_, index) => `$${index + 1}::text[]`).join(', ')}) with ordinality
  e(${COLUMNS.join(', ')}, place) order by place`;

/** Records who changed what, in the transaction of the change. Secrets are never recorded. */
@Injectable()
export class AuditRepository {
  constructor(@Inject(CLOCK) private readonly now: Clock) {}

  async record(prisma: PrismaTx, by: Author, ...entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0) await prisma.$executeRawUnsafe(INSERT, ...this.#arrays(by, entries));
  }

  /** The same in a transaction of SQL. */
  async write(sql: Sql, by: Author, ...entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0) await sql.query({ name: 'write-audit', text: INSERT, values: this.#arrays(by, entries) });
  }

  /** A column of values each. */
  #arrays(by: Author, entries: readonly AuditEntry[]): (string | null)[][] {
    const at = new Date(this.now()).toISOString();
    const rows = entries.map((entry) => rowOf(by, entry, at));
    return COLUMNS.map((name) => rows.map((row) => row[name]));
  }
}

function rowOf({ caller, requestId }: Author, entry: AuditEntry, at: string): Row {
  const { address, userAgent } = originNow();
  const { verb, subjectType, subjectId } = entry;
  const { operatorId, name } = caller;
  // Ids of members and of tokens never meet.
  const userId = caller.userId ?? caller.tokenId ?? null;
  const change = JSON.stringify(entry.change);
  const before = entry.before === undefined ? null : JSON.stringify(entry.before);
  const links = chained(
    { operatorId, at, userId, requestId, verb, subjectType, subjectId },
    { name, address, userAgent },
    // As the database returns it: without fields that JSON has not.
    { change: JSON.parse(change), before: before === null ? null : JSON.parse(before) },
  );
  return {
    operator_id: operatorId,
    at,
    user_id: userId,
    user_name: name,
    request_id: requestId,
    verb,
    subject_type: subjectType,
    subject_id: subjectId,
    change,
    before,
    address,
    user_agent: userAgent,
    author_salt: links.authorSalt,
    author_commitment: links.authorCommitment,
    details_salt: links.detailsSalt,
    details_commitment: links.detailsCommitment,
    digest: links.digest,
  };
}
