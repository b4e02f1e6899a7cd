/** By what a person can prove who they are, as a session keeps it. `sso`: an identity provider of the operator. */
export const SIGN_IN_METHODS = ['password', 'totp', 'recovery-code', 'passkey', 'sso'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** The methods among stored texts: what is not known proves nothing. */
export const methodsOf = (stored: readonly string[]): SignInMethod[] =>
  SIGN_IN_METHODS.filter((method) => stored.includes(method));
