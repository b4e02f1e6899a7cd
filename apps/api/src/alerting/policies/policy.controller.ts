import { Controller, Inject } from '@nestjs/common';
import { endpoints, type Policy, type PolicyInput } from '@loopstart/contracts';
import { policiesInOrder, reachOf } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database, type Sql } from '../../core/db/database.ts';
import { Call, type CallOf, Implements } from '../../core/http/implements.ts';
import { found, ProblemError } from '../../core/http/problem-error.ts';
import { type PolicyWorld, PolicyWorldRepository } from '../escalation/index.ts';
import { AuditRepository } from '../../identity/audit/index.ts';
import { policyFaults, unknownTargets } from './policy-check.ts';
import { policyView, REACH_AHEAD_MS } from './policy-view.ts';
import { PolicyRepository } from './policy.repository.ts';

@Controller()
export class PolicyController {
  constructor(
    private readonly policies: PolicyRepository,
    private readonly worlds: PolicyWorldRepository,
    private readonly db: Database,
    private readonly audit: AuditRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Implements(endpoints.listPolicies)
  list(@Call() { caller }: CallOf<typeof endpoints.listPolicies>) {
    return this.db.tx(caller.scope, (sql) => this.#all(sql, caller.operatorId));
  }

  @Implements(endpoints.getPolicy)
  get(@Call() { caller, params }: CallOf<typeof endpoints.getPolicy>) {
    return this.db.tx(caller.scope, (sql) => this.#one(sql, caller.operatorId, params.policyId));
  }

  @Implements(endpoints.createPolicy)
  create(@Call() { caller, body, requestId }: CallOf<typeof endpoints.createPolicy>) {
    return this.db.tx(caller.scope, async (sql) => {
      await this.policies.lock(sql, caller.operatorId);
      const world = await this.worlds.load(sql, caller.operatorId, this.now());
      await this.#check(sql, body, world);
      if (body.isDefault)
        throw new ProblemError('already-exists', { detail: 'There is a default policy already; change that one.' });
      const id = await this.policies.insert(sql, caller.operatorId, body, new Date(this.now()));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'create', subjectType: 'policy', subjectId: id, change: body },
      );
      return this.#one(sql, caller.operatorId, id);
    });
  }

  @Implements(endpoints.updatePolicy)
  update(@Call() { caller, params, body, requestId }: CallOf<typeof endpoints.updatePolicy>) {
    return this.db.tx(caller.scope, async (sql) => {
      await this.policies.lock(sql, caller.operatorId);
      const world = await this.worlds.load(sql, caller.operatorId, this.now());
      const before = found(world.policies.find(({ id }) => id === params.policyId));
      await this.#check(sql, body, world);
      if (body.isDefault !== before.isDefault)
        throw new ProblemError('invalid-input', {
          fields: [{ path: 'body.isDefault', expected: `${before.isDefault}: which policy is the default stays` }],
        });
      await this.policies.update(sql, caller.operatorId, params.policyId, body, new Date(this.now()));
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'update', subjectType: 'policy', subjectId: params.policyId, change: body },
      );
      return this.#one(sql, caller.operatorId, params.policyId);
    });
  }

  @Implements(endpoints.orderPolicies)
  order(@Call() { caller, body, requestId }: CallOf<typeof endpoints.orderPolicies>) {
    return this.db.tx(caller.scope, async (sql) => {
      await this.policies.lock(sql, caller.operatorId);
      const { policies } = await this.worlds.load(sql, caller.operatorId, this.now());
      for (const id of body.ids) found(policies.find((policy) => policy.id === id));
      const ordered = new Set(body.ids);
      if (ordered.size !== body.ids.length || policies.some(({ id, isDefault }) => !isDefault && !ordered.has(id)))
        throw new ProblemError('invalid-input', {
          fields: [{ path: 'body.ids', expected: 'every policy but the default, each once' }],
        });
      await this.policies.order(sql, caller.operatorId, body.ids);
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'order', subjectType: 'policy', subjectId: caller.operatorId, change: body },
      );
      return this.#all(sql, caller.operatorId);
    });
  }

  @Implements(endpoints.deletePolicy)
  async remove(@Call() { caller, params, requestId }: CallOf<typeof endpoints.deletePolicy>) {
    await this.db.tx(caller.scope, async (sql) => {
      await this.policies.lock(sql, caller.operatorId);
      const { policies } = await this.worlds.load(sql, caller.operatorId, this.now());
      const { name, isDefault } = found(policies.find(({ id }) => id === params.policyId));
      if (isDefault) throw new ProblemError('in-use', { detail: 'The default policy stays; change it instead.' });
      const heir = found(policies.find((policy) => policy.isDefault));
      await this.policies.remove(sql, caller.operatorId, params.policyId, heir.id);
      await this.audit.write(
        sql,
        { caller, requestId },
        { verb: 'delete', subjectType: 'policy', subjectId: params.policyId, change: { name } },
      );
    });
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
