import { type Acceptable, DEFAULT_SIGN_IN_POLICY, type OwnFactors, type SignInPolicy } from '@loopstart/domain';
import { isWithin } from '../http/networks.ts';

/** What `resolve_sign_in_policy` answers. */
export interface SignInPolicyRow {
  /** Null: the operator has decided nothing. */
  sign_in_policy: StoredPolicy | null;
  has_totp: boolean;
  has_passkey: boolean;
}

/** A row of the table. */
export interface StoredPolicy {
  required_for: SignInPolicy['requiredFor'];
  roles: string[];
  sso_counts: boolean;
  accepts: Acceptable[];
  idle_minutes: number | null;
  session_hours: number;
  networks: string[];
  role_networks: { role: string; networks: string[] }[];
}

export const policyOf = (stored: StoredPolicy | null): SignInPolicy =>
  stored === null
    ? DEFAULT_SIGN_IN_POLICY
    : {
        requiredFor: stored.required_for,
        roles: stored.roles,
        ssoCounts: stored.sso_counts,
        accepts: stored.accepts,
        idleMinutes: stored.idle_minutes,
        sessionHours: stored.session_hours,
        networks: stored.networks,
        roleNetworks: stored.role_networks,
      };

export const factorsOf = (row: SignInPolicyRow): OwnFactors => ({
  totp: row.has_totp,
  passkey: row.has_passkey,
});

/** An address that is not known is in no network. */
export const within =
  (address: string | null) =>
  (networks: readonly string[]): boolean =>
    address !== null && isWithin(address, networks);
