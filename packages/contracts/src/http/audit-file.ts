import { HEAD_REASONS } from '@loopstart/domain';
import { z } from 'zod';
import { Id, Instant } from './fields.ts';

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');
const Seq = z.int().min(0);
const Fields = z.record(z.string(), z.unknown());
const committed = <T extends z.ZodType>(value: T) =>
  z.object({
    value,
    salt: z.string().nullable().describe('Null where the part was erased'),
    commitment: z.string(),
  });

/** A signed head: where the chain ended at a time, or begins after a deletion. The signature is in base64. */
export const AuditHead = z
  .object({
    operatorId: Id,
    reason: z.enum(HEAD_REASONS),
    seq: Seq,
    hash: Sha256Hex,
    at: Instant,
    keyId: z.string(),
    signature: z.string(),
  })
  .meta({ id: 'AuditHead' });
export type AuditHead = z.infer<typeof AuditHead>;

/** One line of an exported trail (NDJSON): the beginning, then heads, then entries in the order of the chain, then the end. */
export const AuditFileLine = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('loopstart-audit'),
    version: z.literal(1),
    operatorId: Id,
    exportedAt: Instant,
    complete: z.boolean().describe('False where only entries that match filters are in the file'),
    anchor: z.object({ seq: Seq, hash: Sha256Hex }).describe('The last entry that was deleted because of its age'),
    keys: z.array(z.object({ id: z.string(), publicKey: z.string() })),
  }),
  AuditHead.extend({ type: z.literal('head') }),
  z.object({
    type: z.literal('entry'),
    id: z.string(),
    seq: Seq,
    previous: Sha256Hex,
    hash: Sha256Hex,
    operatorId: z.string(),
    at: z.string(),
    userId: z.string().nullable(),
    requestId: z.string().nullable(),
    verb: z.string(),
    subjectType: z.string(),
    subjectId: z.string(),
    author: committed(z.object({ name: z.string(), address: z.string().nullable(), userAgent: z.string().nullable() })),
    details: committed(z.object({ change: Fields, before: Fields.nullable() })),
  }),
  z.object({ type: z.literal('end'), entries: z.int().min(0), seq: Seq, hash: Sha256Hex }),
]);
export type AuditFileLine = z.infer<typeof AuditFileLine>;
