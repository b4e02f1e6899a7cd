import type { PrismaTx } from '../db/database.ts';

/** Of one account: the browsers of a person, and some that they forgot. One more ends the one that was unused longest. */
export const SESSIONS_MAX = 20;

/** Ends the sessions of an account beyond the most that it may have; returns how many. */
export const endBeyondLimit = (prisma: PrismaTx, accountId: string): Promise<number> =>
  prisma.$executeRawUnsafe(
    `delete from session where account_id = $1::uuid and token_hash not in
       (select token_hash from session where account_id = $1::uuid order by last_used_at desc, created_at desc limit $2::int)`,
    accountId,
    SESSIONS_MAX,
  );
