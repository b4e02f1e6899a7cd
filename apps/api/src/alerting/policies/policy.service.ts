import { Inject, Injectable } from '@nestjs/common';
import type { Policy, PolicyInput, PublishedPolicy } from '@loopstart/contracts';
import { policiesInOrder, reachOf } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import type { Scope } from '../../core/db/scope.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { refused } from '../../core/http/refuse.ts';
import { refuseLocked } from '../../core/library/locked.ts';
import { type Origin, publishedTo, publishedView, toCopy } from '../../core/library/publications.ts';
import { type By, Changes, former } from '../../identity/audit/index.ts';
import { type PolicyWorld, PolicyWorldRepository } from '../escalation/index.ts';
import { policyFaults, unknownTargets } from './policy-check.ts';
import { policyView, REACH_AHEAD_MS } from './policy-view.ts';
import { PolicyRepository } from './policy.repository.ts';

const SUBJECT = 'policy';

/** Policies of an operator: simultaneous changes are serialised, because order and default concern all. */
@Injectable()
export class PolicyService {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly worlds: PolicyWorldRepository,
    private readonly db: Database,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  all(scope: Scope): Promise<{ items: Policy[] }> {
    return this.db.tx(scope, (sql) => this.#all(sql, scope.operatorId));
  }

  one(scope: Scope, id: string): Promise<Policy> {
    return this.db.tx(scope, (sql) => this.#one(sql, scope.operatorId, id));
  }

  create(by: By, input: PolicyInput): Promise<Policy> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const result = await this.#insert(sql, operatorId, input, null);
      return { result, audit: { verb: 'create', subjectType: SUBJECT, subjectId: result.id, change: input } };
    });
  }

  published(scope: Scope): Promise<{ items: PublishedPolicy[] }> {
    return this.db.tx(scope, async (sql) => ({
      items: (await publishedTo<PolicyInput>(sql, 'policy')).map(publishedView),
    }));
  }

  /** Throws `not-found`, `locked-by-provider`, and what creating a policy throws. */
  copy(by: By, publicationId: string, name: string | undefined): Promise<Policy> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const { objectId, version, content } = await toCopy<PolicyInput>(sql, 'policy', publicationId);
      const input = { ...content, name: name ?? content.name };
      const { policies } = await this.#lock(sql, operatorId);
      if (policies.some((one) => one.name.toLowerCase() === input.name.toLowerCase()))
        throw new ProblemError('already-exists', { detail: `There is a policy ${input.name} already: name the copy.` });
      const result = await this.#insert(sql, operatorId, input, { objectId, version });
      const change = { ...input, publicationId, version };
      return { result, audit: { verb: 'copy', subjectType: SUBJECT, subjectId: result.id, change } };
    });
  }

  update(by: By, id: string, input: PolicyInput): Promise<Policy> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const world = await this.#lock(sql, operatorId);
      const before = found(world.policies.find((policy) => policy.id === id));
      refuseLocked(before, 'change');
      await this.#check(sql, input, world);
      if (input.isDefault !== before.isDefault)
        throw refused('body.isDefault', `${before.isDefault}: which policy is the default stays`);
      const stored = await this.#one(sql, operatorId, id);
      await this.policies.update(sql, operatorId, id, input, new Date(this.now()));
      return {
        result: await this.#one(sql, operatorId, id),
        audit: { verb: 'update', subjectType: SUBJECT, subjectId: id, change: input, before: former(stored, input) },
      };
    });
  }

  order(by: By, ids: readonly string[]): Promise<{ items: Policy[] }> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const { policies } = await this.#lock(sql, operatorId);
      for (const id of ids) found(policies.find((policy) => policy.id === id));
      const ordered = new Set(ids);
      for (const policy of policies) if (ordered.has(policy.id)) refuseLocked(policy, 'reorder');
      const movable = policies.filter(({ isDefault, locked }) => !isDefault && !locked);
      if (ordered.size !== ids.length || movable.some(({ id }) => !ordered.has(id)))
        throw refused('body.ids', 'every policy of your own but the default, each once');
      await this.policies.order(sql, operatorId, ids);
      return {
        result: await this.#all(sql, operatorId),
        audit: { verb: 'order', subjectType: SUBJECT, subjectId: operatorId, change: { ids } },
      };
    });
  }

  remove(by: By, id: string): Promise<void> {
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const { policies } = await this.#lock(sql, operatorId);
      const stored = found(policies.find((policy) => policy.id === id));
      refuseLocked(stored, 'delete');
      const { name, isDefault } = stored;
      if (isDefault) throw new ProblemError('in-use', { detail: 'The default policy stays; change it instead.' });
      const heir = found(policies.find((policy) => policy.isDefault));
      await this.policies.remove(sql, operatorId, id, heir.id);
      return { result: undefined, audit: { verb: 'delete', subjectType: SUBJECT, subjectId: id, change: { name } } };
    });
  }

  async #insert(sql: Sql, operatorId: string, input: PolicyInput, origin: Origin | null): Promise<Policy> {
    await this.#check(sql, input, await this.#lock(sql, operatorId));
    if (input.isDefault)
      throw new ProblemError('already-exists', { detail: 'There is a default policy already; change that one.' });
    const id = await this.policies.insert(sql, operatorId, input, new Date(this.now()), origin);
    return this.#one(sql, operatorId, id);
  }

  async #lock(sql: Sql, operatorId: string): Promise<PolicyWorld> {
    await this.policies.lock(sql, operatorId);
    return this.worlds.load(sql, operatorId, this.now());
  }

  /** Throws where the policy contradicts itself, names what is not the operator's, or reaches nobody. */
  async #check(sql: Sql, input: PolicyInput, world: PolicyWorld): Promise<void> {
    const faults = policyFaults(input);
    if (faults.length > 0) throw new ProblemError('invalid-input', { fields: faults });
    const places = await this.policies.missingPlaces(sql, input.match);
    const unknown = [
      ...places.map((name) => ({ path: `body.match.${name}`, expected: 'ids of yours' })),
      ...unknownTargets(input, world),
    ];
    if (unknown.length > 0) throw new ProblemError('not-found', { fields: unknown });
    const now = this.now();
    const reach = reachOf(input, world, now, now + REACH_AHEAD_MS);
    if (reach.level === 'nobody')
      throw new ProblemError('reaches-nobody', { detail: reach.problems.map(({ text }) => text).join(' ') });
  }

  async #all(sql: Sql, operatorId: string): Promise<{ items: Policy[] }> {
    const now = this.now();
    const world = await this.worlds.load(sql, operatorId, now);
    return { items: policiesInOrder(world.policies).map((policy) => policyView(policy, world, now)) };
  }

  async #one(sql: Sql, operatorId: string, id: string): Promise<Policy> {
    const { items } = await this.#all(sql, operatorId);
    return found(items.find((policy) => policy.id === id));
  }
}
