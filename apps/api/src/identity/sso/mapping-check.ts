import { Injectable } from '@nestjs/common';
import type { SsoConnectionInput } from '@loopstart/contracts';
import { type MappedRole, OWNER, refusalOfGrant, type RoleMapping } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { actorOf, Grants, refuseWith } from '../people/index.ts';

/** Whether who writes a mapping may give all the roles that it gives. */
@Injectable()
export class MappingCheck {
  constructor(private readonly grants: Grants) {}

  /** Throws `invalid-input` naming the rule whose role or places are not there, or `beyond-own-rights`. */
  async check(sql: Sql, caller: Person, { rules, otherwise }: Pick<SsoConnectionInput, 'rules' | 'otherwise'>) {
    for (const [index, rule] of rules.entries()) await this.#one(sql, caller, rule, `body.rules.${index}`);
    if (otherwise !== null) await this.#one(sql, caller, otherwise, 'body.otherwise');
  }

  /** Whether a role of a mapping is still there. */
  async isThere(sql: Sql, { role, limitedTo }: MappedRole): Promise<boolean> {
    try {
      await this.grants.wanted(sql, { role, limitedTo: limitedTo as never });
      return true;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'invalid-input') return false;
      throw error;
    }
  }

  async #one(sql: Sql, caller: Person, role: RoleMapping['rules'][number] | MappedRole, path: string): Promise<void> {
    try {
      const wanted = await this.grants.wanted(sql, { role: role.role, limitedTo: role.limitedTo as never });
      refuseWith(refusalOfGrant(actorOf(caller), wanted, new Set()));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.fields === undefined) throw error;
      const fields = error.fields.map((field) => ({ ...field, path: field.path.replace(/^body/, path) }));
      throw new ProblemError('invalid-input', { fields });
    }
  }
}

/** Whether a mapping that this person writes may change owners. */
export const isByOwner = ({ role, scope }: Person): boolean => role === OWNER && scope.limitedTo === null;
