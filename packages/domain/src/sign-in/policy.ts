/** Of whom an operator requires a second factor. */
export const REQUIRED_FOR = ['nobody', 'roles', 'all'] as const;
export type RequiredFor = (typeof REQUIRED_FOR)[number];

/** How the people of an operator sign in, and how long they stay. */
export interface SignInPolicy {
  requiredFor: RequiredFor;
  /** The roles of `roles`. */
  roles: readonly string[];
  /** Whether signing in at the operator's identity provider counts as two factors: it asks for its own. */
  ssoCounts: boolean;
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
  idleMinutes: null,
  sessionHours: 12,
  networks: [],
  roleNetworks: [],
};

/** How long a proof of who somebody is counts for a dangerous act. */
export const PROOF_MS = 10 * 60_000;

/** Whether a dangerous act needs another proof. */
export const needsProof = (provedAt: number, now: number): boolean => now - provedAt >= PROOF_MS;
