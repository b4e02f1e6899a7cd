import { Injectable } from '@nestjs/common';
import type { Sql } from '../../../core/db/database.ts';
import { ChainRepository } from './chain.repository.ts';
import { Heads } from './heads.service.ts';

/** A signed end of an audit trail that is to outlive it. */
export interface AuditEnd {
  operatorId: string;
  seq: number;
  hash: string;
  at: string;
  reason: string;
  keyId: string;
  /** Base64. */
  signature: string;
}

/** Signs where an audit trail ends, for those who keep the statement elsewhere. */
@Injectable()
export class AuditEnds {
  constructor(
    private readonly chains: ChainRepository,
    private readonly heads: Heads,
  ) {}

  /** Null: nothing was ever on record. */
  async sign(sql: Sql, operatorId: string): Promise<AuditEnd | null> {
    const end = await this.chains.end(sql, operatorId);
    if (end.seq === 0) return null;
    const head = await this.heads.sign(sql, operatorId, { seq: end.seq, hash: end.hash, reason: 'request' });
    return { ...head, signature: head.signature.toString('base64') };
  }
}
