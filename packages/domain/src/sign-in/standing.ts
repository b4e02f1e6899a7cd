import type { SignInMethod } from './methods.ts';
import type { SignInPolicy } from './policy.ts';

/** What an account has beside its password. */
export interface OwnFactors {
  totp: boolean;
  passkey: boolean;
}

/** Second factors that prove who somebody is once their password was right, the preferred one first. */
export const SECOND_STEPS = ['passkey', 'totp', 'recovery-code'] as const satisfies readonly SignInMethod[];
export type SecondStep = (typeof SECOND_STEPS)[number];

/** The ways in which an account can take the second step of signing in; none: it has no second factor. */
export const secondSteps = (factors: OwnFactors): SecondStep[] =>
  SECOND_STEPS.filter((step) => (step === 'recovery-code' ? hasFactor(factors) : factors[step]));

/** Whether there is anything beside the password; recovery codes stand in for it, and are none by themselves. */
export const hasFactor = ({ totp, passkey }: OwnFactors): boolean => totp || passkey;

/** What is known of somebody who signs in, or of a session. */
export interface SignInFacts {
  role: string;
  methods: readonly SignInMethod[];
  factors: OwnFactors;
  /** Whether the address of the request is in one of these networks. */
  isWithin: (networks: readonly string[]) => boolean;
  /** When the session was last used, in ms since the epoch. */
  lastUsedAt: number;
}

export const STANDINGS = ['open', 'second-step', 'enrol', 'idle', 'other-network'] as const;
/**
 * `open`: may work. `second-step`: has a second factor, and has not shown it. `enrol`: needs one and has none, so that a
 * session opens adding one alone. `idle`: unused for too long. `other-network`: not from where this role may work.
 */
export type Standing = (typeof STANDINGS)[number];

/** What the policy of an operator makes of somebody's sign-in. */
export function standingOf(policy: SignInPolicy, facts: SignInFacts, now: number): Standing {
  const { role, methods, factors } = facts;
  if (policy.idleMinutes !== null && now - facts.lastUsedAt >= policy.idleMinutes * 60_000) return 'idle';
  const networks = networksOf(policy, role);
  if (networks.length > 0 && !facts.isWithin(networks)) return 'other-network';
  if (isTwoFactor(policy, methods)) return 'open';
  if (hasFactor(factors)) return 'second-step';
  return requiresFactor(policy, role) ? 'enrol' : 'open';
}

/** The networks from which a role may work; empty: any. */
export const networksOf = ({ networks, roleNetworks }: SignInPolicy, role: string): readonly string[] =>
  roleNetworks.find((one) => one.role === role)?.networks ?? networks;

export const requiresFactor = ({ requiredFor, roles }: SignInPolicy, role: string): boolean =>
  requiredFor === 'all' || (requiredFor === 'roles' && roles.includes(role));

/** Whether these methods need no second step. Where the policy says so, an identity provider asks for its own. */
const isTwoFactor = ({ ssoCounts }: SignInPolicy, methods: readonly SignInMethod[]): boolean =>
  methods.some((method) => method !== 'password' && (method !== 'sso' || ssoCounts));
