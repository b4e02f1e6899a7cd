import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/http/implements.ts';
import type { AuditFilter } from '../list/audit-filter.ts';
import { auditFileLines } from './audit-file.ts';
import { ChainRepository } from './chain.repository.ts';
import { Heads } from './heads.service.ts';
import { HeadKey } from './head-key.ts';

/** Exports the trail as a file that proves itself. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly chains: ChainRepository,
    private readonly heads: Heads,
    private readonly key: HeadKey,
  ) {}

  /** A whole export signs the present end first, so that the file vouches for all that is in it. */
  async *lines(caller: Pick<Caller, 'operatorId' | 'scope'>, filter: AuditFilter, now: number): AsyncGenerator<string> {
    const { operatorId } = caller;
    const complete = Object.values(filter).every((value) => value === undefined || value === null);
    const frame = await this.heads.frame(caller, { signEnd: complete });
    const about = { operatorId, exportedAt: new Date(now).toISOString(), complete, keys: [await this.key.published()] };
    yield* auditFileLines(about, frame, this.chains.pages(caller, filter, frame.end.seq));
  }
}
