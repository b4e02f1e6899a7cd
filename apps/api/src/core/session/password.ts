import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Argon2id with 19 MiB, two passes, one lane: the OWASP password storage cheat sheet's minimum. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const;
const derive = promisify(argon2);

/** A PHC string of a password. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: Buffer.from(password), nonce, ...COST });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

/**
 * Whether the password matches the PHC string. Does the same work where there is no user (`null`), so that the duration
 * reveals nothing.
 */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(phc ?? '');
  const nonce = match === null ? Buffer.alloc(16) : Buffer.from(match[4]!, 'base64url');
  const expected = match === null ? Buffer.alloc(COST.tagLength) : Buffer.from(match[5]!, 'base64url');
  const cost =
    match === null
      ? COST
      : {
          memory: Number(match[1]),
          passes: Number(match[2]),
          parallelism: Number(match[3]),
          tagLength: expected.length,
        };
  const tag = await derive('argon2id', { message: Buffer.from(password), nonce, ...cost });
  return timingSafeEqual(tag, expected) && match !== null;
}
