import { Injectable } from '@nestjs/common';
import { type FactorKind, mayGiveUp, type OwnFactors, requiresFactor } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import type { Person } from '../../core/http/implements.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { type Membership, SessionService } from '../../core/session/session.service.ts';
import type { FactorRow } from './factor.repository.ts';

const KINDS = { totp: 'an authenticator app', passkey: 'a passkey' } as const;

export const kindsOf = (all: readonly Pick<FactorRow, 'kind'>[]): OwnFactors => ({
  totp: all.some(({ kind }) => kind === 'totp'),
  passkey: all.some(({ kind }) => kind === 'passkey'),
});

/** What the operators of a person ask of their second factors. */
@Injectable()
export class FactorRules {
  constructor(private readonly sessions: SessionService) {}

  /** What the operator of the session accepts, and whether it requires a factor of the person. */
  async of({ operatorId, operatorName, accountId, role }: Person) {
    const { policy } = await this.sessions.policyFor(operatorId, accountId);
    return { operator: operatorName, accepts: [...policy.accepts], required: requiresFactor(policy, role) };
  }

  /** Throws `factor-not-accepted` where the operator of the session does not accept factors of this kind. */
  async checkAccepted(person: Person, kind: FactorKind): Promise<void> {
    const { operator, accepts } = await this.of(person);
    if (accepts.includes(kind)) return;
    const other = (['passkey', 'totp'] as const).filter((one) => accepts.includes(one)).map((one) => KINDS[one]);
    throw new ProblemError('factor-not-accepted', {
      detail: `${operator} does not accept ${KINDS[kind]}. Add ${other.join(' or ')} instead.`,
    });
  }

  /**
   * Which operator needs each of these factors, all of the person's, as the last one that it accepts; null: none does. Asked in
   * the transaction that removes one, which holds `lock`.
   */
  async neededBy(person: Person, memberships: readonly Membership[], all: readonly FactorRow[]) {
    const policies = await Promise.all(
      memberships.map(async (membership) => ({
        membership,
        ...(await this.sessions.policyFor(membership.operatorId, person.accountId)),
      })),
    );
    return (one: FactorRow): string | null => {
      const [before, after] = [kindsOf(all), kindsOf(all.filter(({ id }) => id !== one.id))];
      const needs = policies.find(({ membership, policy }) => {
        // An identity provider stands for its own operator alone.
        const methods = membership.operatorId === person.operatorId ? person.methods : [];
        return !mayGiveUp(policy, { role: membership.role, methods }, before, after);
      });
      return needs?.membership.operatorName ?? null;
    };
  }

  /** Of two removals at one time, the second sees what the first has left. */
  async lock(sql: Sql, accountId: string): Promise<void> {
    await sql.query('select from account where id = $1 for update', [accountId]);
  }
}
