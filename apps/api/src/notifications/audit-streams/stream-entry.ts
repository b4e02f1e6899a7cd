import type { AuditStreamEntry } from '@loopstart/contracts';
import type { ChainEntry } from '@loopstart/domain';

/** An entry of the chain as receivers get it: without the salts, which keep erased people from being guessed. */
export function entryOf(entry: ChainEntry): AuditStreamEntry {
  const { id, seq, hash, operatorId, at, userId, requestId, verb, subjectType, subjectId, author, details } = entry;
  const { name, address, userAgent } = author.value;
  const { change, before } = details.value as {
    change: Record<string, unknown>;
    before: Record<string, unknown> | null;
  };
  return {
    id,
    seq,
    hash,
    operatorId,
    at,
    by: { userId, name, address, userAgent },
    requestId,
    verb,
    subjectType,
    subjectId,
    change,
    before,
  };
}
