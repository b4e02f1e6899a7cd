/**
 * What a person may do who runs the installation. Beside the rights of operators, never within them: no role has these, and no
 * token, and they show of an operator nothing but its name, its standing and counts.
 */
export const PROVIDER_RIGHTS = {
  'provider.operators.read': 'See all operators: their standing, quotas and counts',
  'provider.operators.write': 'Create operators, set their quotas, suspend and resume them',
  'provider.library.read': 'See what is published to operators, and how many use it',
  'provider.library.write': 'Publish policies and roles to operators, change and withdraw them',
  'provider.trail.read': 'See what people of the provider did',
} as const;
export type ProviderRight = keyof typeof PROVIDER_RIGHTS;

export const isProviderRight = (access: string): access is ProviderRight => Object.hasOwn(PROVIDER_RIGHTS, access);
