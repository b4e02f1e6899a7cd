import { Inject, Injectable } from '@nestjs/common';
import { type HeadStatement, PROVIDER_CHAIN, type TrailHead } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { HeadKey, isSigned } from '../audit/index.ts';

interface End {
  seq: number;
  hash: string;
  signedAt: Date | null;
  signedSeq: number | null;
}

interface StoredHead {
  seq: number;
  hash: string;
  at: Date;
  keyId: string;
  signature: Buffer;
}

/** Signs the end of the provider's trail: whoever writes the whole chain anew cannot write its heads. */
@Injectable()
export class ProviderHeads {
  constructor(
    private readonly db: Database,
    private readonly key: HeadKey,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Once a day (UTC), where the trail grew. Returns whether it signed. */
  async signDaily(): Promise<boolean> {
    const { rows } = await this.db.query<End>(
      `select seq::float8 as seq, hash, signed_seq::float8 as "signedSeq", signed_at as "signedAt" from resolve_provider_end()`,
    );
    const end = rows[0];
    if (end === undefined || end.seq === end.signedSeq) return false;
    if (end.signedAt !== null && dayOf(end.signedAt.getTime()) >= dayOf(this.now())) return false;
    const at = new Date(this.now());
    const { keyId, signature } = await this.key.sign(statementOf({ ...end, at }));
    await this.db.query('select provider_keep_head($1, $2, $3, $4, $5)', [end.seq, end.hash, at, keyId, signature]);
    return true;
  }

  /** In a transaction of a person of the provider. */
  async all(sql: Sql): Promise<(TrailHead & { at: string })[]> {
    const keys = [await this.key.published()];
    const { rows } = await sql.query<StoredHead>(
      'select seq::float8 as seq, hash, at, key_id as "keyId", signature from provider_heads()',
    );
    return rows.map((row) => ({
      seq: row.seq,
      hash: row.hash,
      at: row.at.toISOString(),
      signed: isSigned(statementOf(row), row, keys),
    }));
  }
}

const statementOf = ({ seq, hash, at }: { seq: number; hash: string; at: Date }): HeadStatement => ({
  operatorId: PROVIDER_CHAIN,
  reason: 'day',
  seq,
  hash,
  at: at.toISOString(),
});

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
