import { Inject, Injectable } from '@nestjs/common';
import {
  hasAccepted,
  networksOf,
  requiresFactor,
  type SignInPolicy,
  type Standing,
  standingOf,
} from '@loopstart/domain';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { Database } from '../../core/db/database.ts';
import type { Caller, Person } from '../../core/http/implements.ts';
import { isNetwork, isWithin } from '../../core/http/networks.ts';
import { refused } from '../../core/http/refuse.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { within } from '../../core/session/sign-in-policy.ts';
import { Changes, former } from '../audit/index.ts';
import { SignInPolicyRepository } from './sign-in-policy.repository.ts';

/** An operator decides how its people sign in. */
@Injectable()
export class SignInPolicyService {
  constructor(
    private readonly db: Database,
    private readonly changes: Changes,
    private readonly policies: SignInPolicyRepository,
    private readonly sessions: SessionService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  get({ operatorId, scope }: Caller) {
    return this.db.tx(scope, async (sql) => {
      const policy = await this.policies.get(sql, operatorId);
      const people = (await this.policies.people(sql, operatorId)).map(({ id, name, role, factors }) => ({
        id,
        name,
        hasFactor: hasAccepted(policy, factors),
        required: requiresFactor(policy, role),
      }));
      return { policy, people };
    });
  }

  /**
   * Throws `invalid-input` where a network is none, a role is named twice, or the session of who makes the change would not be
   * open any more: nobody decides for others what they do not meet themselves.
   */
  async set(by: { caller: Person; requestId: string }, policy: SignInPolicy, address: string): Promise<SignInPolicy> {
    check(policy);
    const { operatorId } = by.caller;
    await this.#checkOwn(by.caller, policy, address);
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

  async #checkOwn({ operatorId, accountId, role, methods }: Person, policy: SignInPolicy, address: string) {
    const own = networksOf(policy, role);
    if (own.length > 0 && !isWithin(address, own))
      throw refused('body.networks', `networks with your own address, ${address}: this would shut you out`);
    const { factors } = await this.sessions.policyFor(operatorId, accountId);
    const facts = { role, methods, factors, isWithin: within(address), lastUsedAt: this.now() };
    const standing = standingOf(policy, facts, this.now());
    if (standing !== 'open') throw refused(...missing(policy, standing));
  }
}

const ADD = { totp: 'an authenticator app', passkey: 'a passkey' } as const;

/** What the maker of a policy is missing. */
function missing({ accepts }: SignInPolicy, standing: Standing): readonly [path: string, expected: string] {
  const kinds = (['passkey', 'totp'] as const).filter((kind) => accepts.includes(kind)).map((kind) => ADD[kind]);
  if (standing === 'enrol')
    return [
      'body.requiredFor',
      `a factor of your own first: you have none that this policy accepts. Add ${kinds.join(' or ')} on your profile page`,
    ];
  if (standing === 'password-first')
    return [
      'body.accepts',
      'a passkey alone as well, as you signed in by one: sign in by your password and the passkey first',
    ];
  return ['body.accepts', `what you have shown yourself: sign in with ${kinds.join(' or ')} after the password first`];
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
