import { randomBytes } from 'node:crypto';
import { type ChainAuthor, type ChainDetails, type ChainFacts, commitmentTo, digestOf } from '@loopstart/domain';
import { sha256 } from './sha256.ts';

const SALT_BYTES = 16;

/** What the chain needs of an entry that is written, in hexadecimal. */
export interface Chained {
  authorSalt: string;
  authorCommitment: string;
  detailsSalt: string;
  detailsCommitment: string;
  digest: string;
}

/** Hashes what an entry says; its place it gets from the database, at the commit. */
export function chained(facts: ChainFacts, author: ChainAuthor, details: ChainDetails): Chained {
  const salts = randomBytes(2 * SALT_BYTES).toString('hex');
  const [authorSalt, detailsSalt] = [salts.slice(0, 2 * SALT_BYTES), salts.slice(2 * SALT_BYTES)];
  const authorCommitment = commitmentTo(sha256, authorSalt, author);
  const detailsCommitment = commitmentTo(sha256, detailsSalt, details);
  const digest = digestOf(sha256, facts, { author: authorCommitment, details: detailsCommitment });
  return { authorSalt, authorCommitment, detailsSalt, detailsCommitment, digest };
}
