import { Inject, Injectable } from '@nestjs/common';
import type { PolicyInput } from '@loopstart/contracts';
import { type EscalationPolicy, policyNames, policyWithout } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import type { Sql } from '../../core/db/database.ts';
import type { AuditEntry, By } from '../../identity/audit/index.ts';
import { PersonTies, type PersonTie, type TieKeeper } from '../../identity/people/index.ts';
import { PolicyWorldRepository } from '../escalation/index.ts';
import { PolicyRepository } from './policy.repository.ts';

/** Notification policies that name a person. */
@Injectable()
export class PolicyTies implements TieKeeper {
  constructor(
    ties: PersonTies,
    private readonly policies: PolicyRepository,
    private readonly worlds: PolicyWorldRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {
    ties.register(this);
  }

  async ties(sql: Sql, operatorId: string, userId: string, now: number): Promise<PersonTie[]> {
    const naming = await this.#naming(sql, operatorId, userId, now);
    return naming.map((policy) => ({
      kind: 'policy',
      id: policy.id,
      name: policy.name,
      empty: policyWithout(policy, userId).empty,
    }));
  }

  async untie(sql: Sql, { caller }: By, userId: string, now: number): Promise<AuditEntry[]> {
    const { operatorId } = caller;
    await this.policies.lock(sql, operatorId);
    const entries: AuditEntry[] = [];
    for (const policy of await this.#naming(sql, operatorId, userId, now)) {
      const { empty: _, ...left } = policyWithout(policy, userId);
      // What the contract let in stays within it: the type differs by being writable alone.
      const input = { ...policy, ...left } as unknown as PolicyInput;
      await this.policies.update(sql, operatorId, policy.id, input, new Date(this.now()));
      const { steps, digest } = input;
      const before = { steps: policy.steps, digest: policy.digest } as unknown as AuditEntry['change'];
      const change = { name: policy.name, steps, digest } as unknown as AuditEntry['change'];
      entries.push({ verb: 'update', subjectType: 'policy', subjectId: policy.id, change, before });
    }
    return entries;
  }

  async #naming(sql: Sql, operatorId: string, userId: string, now: number): Promise<EscalationPolicy[]> {
    const { policies } = await this.worlds.load(sql, operatorId, now);
    return policies.filter((policy) => policyNames(policy, userId));
  }
}
