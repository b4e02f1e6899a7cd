import { Injectable } from '@nestjs/common';
import type { MemberTies } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';
import type { AuditEntry, By } from '../audit/index.ts';

export type PersonTie = MemberTies['items'][number];

/** What one room keeps about people by their id, and how it does without one. */
export interface TieKeeper {
  /** What names the person. `now` in ms since the epoch. */
  ties(sql: Sql, operatorId: string, userId: string, now: number): Promise<PersonTie[]>;
  /** Takes the person out, in the transaction that removes them; returns what is to be on record. */
  untie(sql: Sql, by: By, userId: string, now: number): Promise<AuditEntry[]>;
}

/**
 * Everything that names a person. Rooms above this one say what they keep, so that removing a member leaves nobody assigned
 * or on call who has left.
 */
@Injectable()
export class PersonTies {
  readonly #keepers: TieKeeper[] = [];

  /** Called while the application is built. */
  register(keeper: TieKeeper): void {
    this.#keepers.push(keeper);
  }

  async of(sql: Sql, operatorId: string, userId: string, now: number): Promise<PersonTie[]> {
    const found: PersonTie[] = [];
    for (const keeper of this.#keepers) found.push(...(await keeper.ties(sql, operatorId, userId, now)));
    return found;
  }

  async untie(sql: Sql, by: By, userId: string, now: number): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (const keeper of this.#keepers) entries.push(...(await keeper.untie(sql, by, userId, now)));
    return entries;
  }
}
