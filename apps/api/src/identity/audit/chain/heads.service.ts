import { Inject, Injectable } from '@nestjs/common';
import type { ChainAnchor, HeadReason } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { Database, type Sql } from '../../../core/db/database.ts';
import { wholeOperator } from '../../../core/db/scope.ts';
import type { Caller } from '../../../core/http/implements.ts';
import { type ChainFrame, ChainRepository, type StoredHead } from './chain.repository.ts';
import { HeadKey } from './head-key.ts';

/** Signs the ends of the audit chains: whoever keeps a signed head can show later that nothing before it was changed. */
@Injectable()
export class Heads {
  constructor(
    private readonly db: Database,
    private readonly chains: ChainRepository,
    private readonly key: HeadKey,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Signs each chain that grew since its last head, once a day (UTC). Returns how many it signed. */
  async signDaily(): Promise<number> {
    const { rows } = await this.db.query<{ id: string }>('select id from resolve_operators() as id');
    const today = dayOf(this.now());
    let signed = 0;
    for (const { id } of rows)
      signed += await this.db.tx(wholeOperator(id), async (sql) => {
        const last = await this.chains.lastHead(sql, id);
        const end = await this.chains.end(sql, id);
        if (end.seq === (last?.seq ?? 0) || (last !== null && dayOf(last.at.getTime()) >= today)) return 0;
        await this.sign(sql, id, { ...end, reason: 'day' });
        return 1;
      });
    return signed;
  }

  /** The frame of a chain; with its end signed where asked for. */
  frame(
    { operatorId, scope }: Pick<Caller, 'operatorId' | 'scope'>,
    { signEnd }: { signEnd: boolean },
  ): Promise<ChainFrame> {
    return this.db.tx(scope, async (sql) => {
      const frame = await this.chains.frame(sql, operatorId);
      const isSigned = frame.heads.some(({ seq }) => seq === frame.end.seq);
      if (!signEnd || isSigned || frame.end.seq === 0) return frame;
      const head = await this.sign(sql, operatorId, { ...frame.end, reason: 'request' });
      return { ...frame, heads: [...frame.heads, head] };
    });
  }

  async sign(
    sql: Sql,
    operatorId: string,
    { seq, hash, reason }: ChainAnchor & { reason: HeadReason },
  ): Promise<StoredHead> {
    const statement = { operatorId, seq, hash, reason, at: new Date(this.now()).toISOString() };
    const head = { ...statement, ...(await this.key.sign(statement)) };
    await this.chains.addHead(sql, head);
    return head;
  }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
