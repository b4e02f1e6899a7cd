import type { ChainDetails, ChainEntry } from '@loopstart/domain';
import { fields, type RowOf } from '../../../core/db/fields.ts';

/** What the chain holds of an entry `e`. */
export const CHAIN_ROW = fields('AuditEntry', 'e', [
  'id',
  'operatorId',
  'at',
  'userId',
  'userName',
  'requestId',
  'verb',
  'subjectType',
  'subjectId',
  'change',
  'before',
  'address',
  'userAgent',
  'authorSalt',
  'authorCommitment',
  'detailsSalt',
  'detailsCommitment',
  'seq',
  'previous',
  'hash',
]);
export type ChainRow = RowOf<typeof CHAIN_ROW>;

const hex = (bytes: Buffer | null): string | null => bytes?.toString('hex') ?? null;

/** An entry of the chain as it is verified and exported. */
export function chainEntry(row: ChainRow): ChainEntry {
  const { operatorId, userId, requestId, verb, subjectType, subjectId } = row;
  return {
    id: String(row.id),
    operatorId,
    at: row.at.toISOString(),
    userId,
    requestId,
    verb,
    subjectType,
    subjectId,
    author: {
      value: { name: row.userName, address: row.address, userAgent: row.userAgent },
      salt: hex(row.authorSalt),
      commitment: hex(row.authorCommitment) ?? '',
    },
    details: {
      value: { change: row.change, before: row.before } as ChainDetails,
      salt: hex(row.detailsSalt),
      commitment: hex(row.detailsCommitment) ?? '',
    },
    seq: row.seq ?? 0,
    previous: hex(row.previous) ?? '',
    hash: hex(row.hash) ?? '',
  };
}
