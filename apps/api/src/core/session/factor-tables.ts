/** What an account has beside its password, and what waits for it; all of it goes when factors are reset or a person is erased. */
export const FACTOR_TABLES = [
  'account_totp',
  'passkey',
  'passkey_challenge',
  'account_recovery_code',
  'pending_sign_in',
] as const;
