import type { SignInMethod } from './methods.ts';
import type { SignInPolicy } from './policy.ts';

/** What an account has beside its password. */
export interface OwnFactors {
  totp: boolean;
  passkey: boolean;
}
export const FACTOR_KINDS = ['passkey', 'totp'] as const satisfies readonly (keyof OwnFactors)[];
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** Second factors that prove who somebody is once their password was right, the preferred one first. */
export const SECOND_STEPS = [...FACTOR_KINDS, 'recovery-code'] as const satisfies readonly SignInMethod[];
export type SecondStep = (typeof SECOND_STEPS)[number];

type Accepts = Pick<SignInPolicy, 'accepts'>;

/** Whether there is anything beside the password; recovery codes stand in for it, and are none by themselves. */
export const hasFactor = ({ totp, passkey }: OwnFactors): boolean => totp || passkey;

/** Whether there is a second factor that the operator accepts. */
export const hasAccepted = ({ accepts }: Accepts, factors: OwnFactors): boolean =>
  FACTOR_KINDS.some((kind) => factors[kind] && accepts.includes(kind));

/**
 * The ways in which an account can take the second step of signing in; none: it has no second factor. Where it has an accepted
 * factor, these alone are asked for; who has others alone shows one of them, so that a password is never enough to add a
 * factor in their place.
 */
export function secondSteps({ accepts }: Accepts, factors: OwnFactors): SecondStep[] {
  if (!hasFactor(factors)) return [];
  const some = hasAccepted({ accepts }, factors);
  return SECOND_STEPS.filter(
    (step) => step === 'recovery-code' || (factors[step] && (!some || accepts.includes(step))),
  );
}
