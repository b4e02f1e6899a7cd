import { Injectable } from '@nestjs/common';
import type { AuditVerification } from '@loopstart/contracts';
import { type ChainVerdict, ChainVerifier } from '@loopstart/domain';
import type { Caller } from '../../../core/http/implements.ts';
import { ProblemError } from '../../../core/http/problem-error.ts';
import { type ChainFrame, ChainRepository } from './chain.repository.ts';
import { HeadKey, isSigned } from './head-key.ts';
import { sha256 } from './sha256.ts';

/** Verifies the chain of an operator in the database, one at a time for each operator: it reads every entry. */
@Injectable()
export class Verification {
  readonly #running = new Set<string>();

  constructor(
    private readonly chains: ChainRepository,
    private readonly key: HeadKey,
  ) {}

  /** Throws `too-many-requests` where one is running. */
  async verify(caller: Pick<Caller, 'operatorId' | 'scope'>): Promise<AuditVerification> {
    const { operatorId } = caller;
    if (this.#running.has(operatorId))
      throw new ProblemError('too-many-requests', { detail: 'The trail is being verified already.', retryAfterS: 5 });
    this.#running.add(operatorId);
    try {
      const key = await this.key.published();
      return await this.chains.read(caller, async (frame, batches) => {
        const heads = frame.heads.map((head) => ({ ...head, signed: isSigned(head, head, [key]) }));
        const verifier = new ChainVerifier(sha256, { operatorId, anchor: frame.anchor, heads });
        for await (const batch of batches) for (const entry of batch) verifier.take(entry);
        return verificationOf(verifier.finish(frame.end, frame.unchained.later), frame, key.id);
      });
    } finally {
      this.#running.delete(operatorId);
    }
  }
}

function verificationOf(verdict: ChainVerdict, frame: ChainFrame, keyId: string): AuditVerification {
  const { entries, first, last, erased, heads, breaks, breaksTotal } = verdict;
  return {
    verdict: breaksTotal > 0 ? 'broken' : entries === 0 ? 'empty' : 'unbroken',
    entries,
    first,
    last,
    deletedUpTo: frame.anchor.seq === 0 ? null : frame.anchor.seq,
    beforeChain: frame.unchained.before,
    erased,
    heads: { ...heads, lastAt: frame.heads.at(-1)?.at ?? null, keyId },
    breaks: breaks.map(({ id, ...found }) => ({ ...found, entryId: id })),
    breaksTotal,
  };
}
