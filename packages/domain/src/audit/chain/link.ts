import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of the UTF-8 bytes of a text in lower-case hexadecimal. An argument, since this package imports nothing. */
export type Sha256 = (text: string) => string;

/** The person or agent that acted, and from where: what an erasure takes away. */
export interface ChainAuthor {
  name: string;
  address: string | null;
  userAgent: string | null;
}

/** What was changed: an erasure takes it away where the entry is about the erased person. */
export interface ChainDetails {
  change: Readonly<Record<string, unknown>>;
  before: Readonly<Record<string, unknown>> | null;
}

/** A part of an entry that can be erased: its value, and what the chain holds of it. Without a salt it was erased. */
export interface Committed<T> {
  value: T;
  /** Random, 16 bytes in hexadecimal; null after the erasure. */
  salt: string | null;
  commitment: string;
}

/** What no erasure takes away. Ids are pseudonyms: they lead to nobody once the person is erased. */
export interface ChainFacts {
  operatorId: string;
  /** ISO 8601 with milliseconds, UTC. */
  at: string;
  userId: string | null;
  requestId: string | null;
  verb: string;
  subjectType: string;
  subjectId: string;
}

/** Where an entry stands in the chain of its operator: counted from 1, with the hash of the one before. */
export interface Link {
  seq: number;
  previous: string;
  hash: string;
}

/** What the first entry has in place of a hash before it. */
export const CHAIN_START = '0'.repeat(64);

const VERSION = 1;

/**
 * Binds a value without containing it: whoever has the salt can check the value, and once the salt is erased nobody can
 * find the value by trying names and addresses.
 */
export function commitmentTo(sha256: Sha256, salt: string, value: ChainAuthor | ChainDetails): string {
  return sha256(canonicalJson({ salt, value }));
}

/** The hash of what an entry says, without its place. */
export function digestOf(sha256: Sha256, facts: ChainFacts, commitments: { author: string; details: string }): string {
  const { operatorId, at, userId, requestId, verb, subjectType, subjectId } = facts;
  return sha256(
    canonicalJson({
      ...commitments,
      at,
      operatorId,
      requestId,
      subjectId,
      subjectType,
      userId,
      verb,
      version: VERSION,
    }),
  );
}

/** The hash of an entry at its place. The database computes the same, where entries are committed. */
export function hashOf(sha256: Sha256, { digest, previous, seq }: { digest: string; previous: string; seq: number }) {
  return sha256(canonicalJson({ digest, previous, seq }));
}
