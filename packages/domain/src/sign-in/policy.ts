/** Of whom an operator requires a second factor. */
export const REQUIRED_FOR = ['nobody', 'roles', 'all'] as const;
export type RequiredFor = (typeof REQUIRED_FOR)[number];

/** Second factors that an operator can accept. `passkey`: after the password. `passkey-alone`: in the place of the password, too. */
export const ACCEPTABLE = ['totp', 'passkey', 'passkey-alone'] as const;
export type Acceptable = (typeof ACCEPTABLE)[number];

/** How the people of an operator sign in, and how long they stay. */
export interface SignInPolicy {
  requiredFor: RequiredFor;
  /** The roles of `roles`. */
  roles: readonly string[];
  /** Whether signing in at the operator's identity provider counts as two factors, where it says that it asked for them. */
  ssoCounts: boolean;
  /** Which second factors it accepts. Recovery codes stand in for an accepted one, always. */
  accepts: readonly Acceptable[];
  /** A session ends when it was unused for so long; null: it does not. */
  idleMinutes: number | null;
  /** A session ends so long after signing in. */
  sessionHours: number;
  /** Networks in CIDR notation from which people may work; empty: any. */
  networks: readonly string[];
  /** Of one role, in the place of `networks`. */
  roleNetworks: readonly { role: string; networks: readonly string[] }[];
}

export const DEFAULT_SIGN_IN_POLICY: SignInPolicy = {
  requiredFor: 'nobody',
  roles: [],
  ssoCounts: true,
  accepts: ACCEPTABLE,
  idleMinutes: null,
  sessionHours: 12,
  networks: [],
  roleNetworks: [],
};

/** How long a proof of who somebody is counts for a dangerous act. */
export const PROOF_MS = 10 * 60_000;

/** Whether a dangerous act needs another proof. */
export const needsProof = (provedAt: number, now: number): boolean => now - provedAt >= PROOF_MS;

/**
 * Why these cannot be what an operator accepts; null: they can. A passkey alone is accepted only where one after the password
 * is, which proves more.
 */
export function refusalOfAccepted(accepts: readonly Acceptable[]): 'none' | 'alone-without-step' | null {
  if (accepts.includes('passkey-alone') && !accepts.includes('passkey')) return 'alone-without-step';
  return accepts.length === 0 ? 'none' : null;
}
