import { Inject, Injectable } from '@nestjs/common';
import { networksOf, requiresFactor, type SignInPolicy } from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Caller } from '../../core/http/implements.ts';
import { isNetwork, isWithin } from '../../core/http/networks.ts';
import { refused } from '../../core/http/refuse.ts';
import { type By, Changes, former } from '../audit/index.ts';
import { SignInPolicyRepository } from './sign-in-policy.repository.ts';

/** An operator decides how its people sign in. */
@Injectable()
export class SignInPolicyService {
  constructor(
    private readonly db: Database,
    private readonly changes: Changes,
    private readonly policies: SignInPolicyRepository,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  get({ operatorId, scope }: Caller) {
    return this.db.tx(scope, async (sql) => {
      const policy = await this.policies.get(sql, operatorId);
      const people = (await this.policies.people(sql, operatorId)).map(({ id, name, role, hasFactor }) => ({
        id,
        name,
        hasFactor,
        required: requiresFactor(policy, role),
      }));
      return { policy, people };
    });
  }

  /** Throws `invalid-input` where a network is none, a role is named twice, or the change would shut its maker out. */
  async set(by: By, policy: SignInPolicy, address: string): Promise<SignInPolicy> {
    check(policy);
    const own = networksOf(policy, by.caller.role);
    if (own.length > 0 && !isWithin(address, own))
      throw refused('body.networks', `networks with your own address, ${address}: this would shut you out`);
    const { operatorId } = by.caller;
    return this.changes.make(by, async (sql) => {
      const before = await this.policies.get(sql, operatorId);
      const change = Object.fromEntries(
        Object.entries(policy).filter(
          ([key, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(before, key)),
        ),
      );
      if (Object.keys(change).length === 0) return { result: policy, audit: null };
      await this.policies.set(sql, operatorId, policy, new Date(this.now()));
      const audit = { verb: 'update', subjectType: 'sign-in-policy', subjectId: operatorId } as const;
      return { result: policy, audit: { ...audit, change, before: former({ ...before }, change) } };
    });
  }
}

function check({ networks, roleNetworks }: SignInPolicy): void {
  const lists = [
    ['body.networks', networks] as const,
    ...roleNetworks.map((one, index) => [`body.roleNetworks.${index}.networks`, one.networks] as const),
  ];
  for (const [path, list] of lists)
    for (const [index, text] of list.entries())
      if (!isNetwork(text)) throw refused(`${path}.${index}`, 'an address, or a network such as 192.0.2.0/24');
  const roles = roleNetworks.map(({ role }) => role);
  const twice = roles.findIndex((role, index) => roles.indexOf(role) !== index);
  if (twice !== -1) throw refused(`body.roleNetworks.${twice}.role`, 'each role once');
}
