import { SSO_REFUSALS } from './admission.ts';

/** Why a sign-in failed before a person was known. */
export const LOGIN_REFUSALS = [
  'login-unknown',
  'login-used',
  'login-expired',
  'state-mismatch',
  'connection-off',
  'provider-refused',
  'provider-unreachable',
  'provider-answer',
  'provider-client',
  'provider-sign-in-old',
] as const;

/** Why a person whom the provider vouches for has no role. */
export const ROLE_REFUSALS = ['groups-missing', 'no-matching-group', 'no-role', 'role-gone'] as const;

/** Every reason for which a sign-in by single sign-on fails: the page of signing in has a sentence for each. */
export const SIGN_ON_REFUSALS = [...LOGIN_REFUSALS, ...SSO_REFUSALS, ...ROLE_REFUSALS, 'link-other-person'] as const;
export type SignOnRefusal = (typeof SIGN_ON_REFUSALS)[number];
