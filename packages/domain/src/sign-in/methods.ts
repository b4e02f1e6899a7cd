/**
 * By what a person can prove who they are, as a session keeps it. `sso`: an identity provider of the operator; `sso-two-factor`
 * beside it: the provider said that it asked for several factors.
 */
export const SIGN_IN_METHODS = ['password', 'totp', 'recovery-code', 'passkey', 'sso', 'sso-two-factor'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** The methods among stored texts: what is not known proves nothing. */
export const methodsOf = (stored: readonly string[]): SignInMethod[] =>
  SIGN_IN_METHODS.filter((method) => stored.includes(method));
