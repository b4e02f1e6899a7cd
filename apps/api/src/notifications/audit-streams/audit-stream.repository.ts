import { Injectable } from '@nestjs/common';
import type { AuditStream } from '@loopstart/contracts';
import { streamState } from '@loopstart/domain';
import type { ClientCertificateView } from './client-certificate.ts';
import type { Sql } from '../../core/db/database.ts';

export interface StoredStream {
  id: string;
  operatorId: string;
  name: string;
  kind: AuditStream['kind'];
  target: string;
  secret: Buffer;
  paused: boolean;
  position: number;
  client: ClientCertificateView | null;
}

interface Row extends Omit<StoredStream, 'client'> {
  clientSubject: string | null;
  clientExpiresAt: Date | null;
  lost: number;
  createdAt: Date;
  lastSentAt: Date | null;
  failures: number;
  lastError: string | null;
  lastErrorAt: Date | null;
  nextTryAt: Date | null;
  end: number;
  waitingSince: Date | null;
}

const STORED = `s.id, s.operator_id as "operatorId", s.name, s.kind, s.target, s.secret, s.paused, s.position,
  s.client_subject as "clientSubject", s.client_expires_at as "clientExpiresAt"`;
const SELECT = `select ${STORED}, s.lost, s.created_at as "createdAt", s.last_sent_at as "lastSentAt", s.failures, s.last_error as "lastError",
    s.last_error_at as "lastErrorAt", s.next_try_at as "nextTryAt", coalesce(c.seq, 0) as "end",
    (select e.at from audit_entry e where e.operator_id = s.operator_id and e.seq > s.position order by e.seq limit 1) as "waitingSince"
  from audit_stream s left join audit_chain c on c.operator_id = s.operator_id`;

/** Audit streams as people set and see them. */
@Injectable()
export class AuditStreamRepository {
  async all(sql: Sql): Promise<AuditStream[]> {
    const { rows } = await sql.query<Row>(`${SELECT} order by lower(s.name), s.id`);
    return rows.map(viewOf);
  }

  async one(sql: Sql, id: string): Promise<AuditStream | undefined> {
    const { rows } = await sql.query<Row>(`${SELECT} where s.id = $1`, [id]);
    return rows.map(viewOf)[0];
  }

  /** Locked for a change; undefined where there is none. */
  async lock(sql: Sql, id: string): Promise<StoredStream | undefined> {
    const { rows } = await sql.query<Row>(`select ${STORED} from audit_stream s where s.id = $1 for update`, [id]);
    return rows.map((row) => ({ ...row, client: clientOf(row) }))[0];
  }

  /** Locks the operator's list meanwhile, so that two who add at once do not pass the limit. */
  async count(sql: Sql, operatorId: string): Promise<number> {
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 27))', [operatorId]);
    const { rows } = await sql.query<{ count: number }>('select count(*)::int as count from audit_stream');
    return rows[0]!.count;
  }

  async insert(sql: Sql, stream: Omit<StoredStream, 'paused'>, at: Date): Promise<void> {
    const { id, operatorId, name, kind, target, secret, position, client } = stream;
    await sql.query(
      `insert into audit_stream (id, operator_id, name, kind, target, secret, position, created_at, client_subject, client_expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, operatorId, name, kind, target, secret, position, at, client?.subject ?? null, client?.expiresAt ?? null],
    );
  }

  /** With other settings it is tried again at once. */
  async update(sql: Sql, stream: Pick<StoredStream, 'id' | 'name' | 'target' | 'secret' | 'client'>): Promise<void> {
    await sql.query(
      'update audit_stream set name = $2, target = $3, secret = $4, client_subject = $5, client_expires_at = $6, next_try_at = null where id = $1',
      [
        stream.id,
        stream.name,
        stream.target,
        stream.secret,
        stream.client?.subject ?? null,
        stream.client?.expiresAt ?? null,
      ],
    );
  }

  async setPaused(sql: Sql, id: string, paused: boolean): Promise<void> {
    await sql.query('update audit_stream set paused = $2, next_try_at = null where id = $1', [id, paused]);
  }

  async remove(sql: Sql, id: string): Promise<void> {
    await sql.query('delete from audit_stream where id = $1', [id]);
  }
}

function clientOf({ clientSubject, clientExpiresAt }: Row): ClientCertificateView | null {
  return clientSubject === null || clientExpiresAt === null
    ? null
    : { subject: clientSubject, expiresAt: clientExpiresAt };
}

function viewOf(row: Row): AuditStream {
  const { id, name, kind, target, paused, position, end, lost, failures, lastError, lastErrorAt } = row;
  const client = clientOf(row);
  const behind = Math.max(0, end - position);
  return {
    id,
    name,
    kind,
    target,
    client: client === null ? null : { subject: client.subject, expiresAt: client.expiresAt.toISOString() },
    createdAt: row.createdAt.toISOString(),
    state: streamState({ paused, failures, behind }),
    position,
    end,
    behind,
    waitingSince: row.waitingSince?.toISOString() ?? null,
    lost,
    lastSentAt: row.lastSentAt?.toISOString() ?? null,
    failures,
    lastError:
      lastError === null || lastErrorAt === null ? null : { at: lastErrorAt.toISOString(), sentence: lastError },
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
  };
}
