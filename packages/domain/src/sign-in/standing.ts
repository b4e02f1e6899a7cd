import { hasAccepted, hasFactor, type OwnFactors } from './factors.ts';
import type { SignInMethod } from './methods.ts';
import type { SignInPolicy } from './policy.ts';

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

export const STANDINGS = ['open', 'second-step', 'enrol', 'idle', 'other-network', 'password-first'] as const;
/**
 * `open`: may work. `second-step`: has a second factor, and has not shown it. `enrol`: needs one that is accepted and has none,
 * so that a session opens adding one alone. `idle`: unused for too long. `other-network`: not from where this role may work.
 * `password-first`: showed a passkey alone, which the operator accepts only after the password.
 */
export type Standing = (typeof STANDINGS)[number];

/** What the policy of an operator makes of somebody's sign-in. */
export function standingOf(policy: SignInPolicy, facts: SignInFacts, now: number): Standing {
  const { role, methods, factors } = facts;
  if (policy.idleMinutes !== null && now - facts.lastUsedAt >= policy.idleMinutes * 60_000) return 'idle';
  const networks = networksOf(policy, role);
  if (networks.length > 0 && !facts.isWithin(networks)) return 'other-network';
  if (isPasskeyAlone(methods) && !policy.accepts.includes('passkey-alone')) return 'password-first';
  if (isTwoFactor(policy, facts)) return 'open';
  if (hasAccepted(policy, factors)) return 'second-step';
  if (hasFactor(factors) && !hasShownFactor(methods)) return 'second-step';
  return requiresFactor(policy, role) ? 'enrol' : 'open';
}

/** The networks from which a role may work; empty: any. */
export const networksOf = ({ networks, roleNetworks }: SignInPolicy, role: string): readonly string[] =>
  roleNetworks.find((one) => one.role === role)?.networks ?? networks;

export const requiresFactor = ({ requiredFor, roles }: SignInPolicy, role: string): boolean =>
  requiredFor === 'all' || (requiredFor === 'roles' && roles.includes(role));

/**
 * Whether somebody of this role may give up a factor, of which `after` is what they keep: never the last accepted one where
 * one is required, unless their identity provider stands for it.
 */
export function mayGiveUp(
  policy: SignInPolicy,
  { role, methods }: Pick<SignInFacts, 'role' | 'methods'>,
  before: OwnFactors,
  after: OwnFactors,
): boolean {
  if (!requiresFactor(policy, role) || hasAccepted(policy, after)) return true;
  return !hasAccepted(policy, before) || (methods.includes('sso-two-factor') && policy.ssoCounts);
}

const isPasskeyAlone = (methods: readonly SignInMethod[]): boolean =>
  methods.includes('passkey') && !methods.includes('password') && !methods.includes('sso');

const hasShownFactor = (methods: readonly SignInMethod[]): boolean =>
  methods.some((method) => method === 'totp' || method === 'passkey' || method === 'recovery-code');

/**
 * Whether these methods need no second step: an accepted factor, a recovery code in the place of one, or an identity provider
 * that says that it asked for several, where the policy takes its word (ASVS 5.0, 6.8.4: silence is one factor).
 */
function isTwoFactor(policy: SignInPolicy, { methods, factors }: Pick<SignInFacts, 'methods' | 'factors'>): boolean {
  return methods.some((method) => {
    if (method === 'totp' || method === 'passkey') return policy.accepts.includes(method);
    if (method === 'recovery-code') return hasAccepted(policy, factors);
    return method === 'sso-two-factor' && policy.ssoCounts;
  });
}
