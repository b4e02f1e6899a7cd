import type { SignInMethod } from './methods.ts';

/** What an account has beside its password. */
export interface OwnFactors {
  totp: boolean;
}

/** Second factors that prove who somebody is once their password was right, the preferred one first. */
export const SECOND_STEPS = ['totp', 'recovery-code'] as const satisfies readonly SignInMethod[];
export type SecondStep = (typeof SECOND_STEPS)[number];

/** The ways in which an account can take the second step of signing in; none: it has no second factor. */
export const secondSteps = ({ totp }: OwnFactors): SecondStep[] => (totp ? ['totp', 'recovery-code'] : []);

/** Whether these methods need no second step. An identity provider decides by itself how its people sign in. */
export const isTwoFactor = (methods: readonly SignInMethod[]): boolean =>
  methods.some((method) => method !== 'password');
