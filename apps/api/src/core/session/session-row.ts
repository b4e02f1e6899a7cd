import { methodsOf, networksOf, type Standing, standingOf, suspendedRights } from '@loopstart/domain';
import type { Person } from '../http/implements.ts';
import type { Origin } from '../http/origin.ts';
import { type GrantRow, grantOf, scopeOf } from './grant.ts';
import { factorsOf, policyOf, type SignInPolicyRow, within } from './sign-in-policy.ts';

export interface SessionRow extends GrantRow, SignInPolicyRow {
  id: string;
  user_id: string;
  account_id: string;
  operator_id: string;
  expires_at: Date;
  last_used_at: Date;
  authenticated_at: Date;
  methods: string[];
  name: string;
  email: string;
  time_zone: string | null;
  operator_name: string;
  suspended_at: Date | null;
  suspension_reason: string | null;
  /** Runs the installation, too. */
  provider: boolean;
}

/**
 * The session of a token with what its member may do, and what the operator asks of who signs in: one round trip. Each
 * function is replaced by migrations of its own.
 */
export const SESSION = `select s.*, g.*, o.*, p.* from resolve_session($1) s
  left join lateral resolve_grant(s.user_id) g on true
  cross join lateral resolve_standing(s.operator_id, s.account_id) o
  cross join lateral resolve_sign_in_policy(s.operator_id, s.account_id) p`;

/**
 * What the operator's policy makes of a session that is used from there. While the console renders a page, nobody knows from
 * where: then networks are not judged, and `isUnplaced` says whether they had to be.
 */
export function standingOfSession(
  row: SessionRow,
  { address, render }: Pick<Origin, 'address' | 'render'>,
  now: number,
): Standing {
  const facts = {
    role: row.role,
    methods: methodsOf(row.methods),
    factors: factorsOf(row),
    isWithin: render ? () => true : within(address),
    lastUsedAt: row.last_used_at.getTime(),
  };
  return standingOf(policyOf(row.sign_in_policy), facts, now);
}

const isUnplaced = (row: SessionRow, { render }: Pick<Origin, 'render'>): boolean =>
  render && networksOf(policyOf(row.sign_in_policy), row.role).length > 0;

/**
 * The caller of a session; null where its role is not in the table any more, which has no rights at all. Who must add a
 * second factor first has none either.
 */
export function callerFrom(row: SessionRow, standing: Standing, origin: Pick<Origin, 'render'>): Person | null {
  const grant = grantOf(row);
  if (grant === null) return null;
  const { suspended_at: since, suspension_reason: reason } = row;
  // The identity provider of one operator vouches for a person there, and not for who runs the installation.
  const provider = row.provider && !row.methods.includes('sso');
  const suspension = since === null || reason === null ? null : { since: since.toISOString(), reason };
  const mustEnrol = standing !== 'open';
  const rights = suspension === null ? grant.rights : suspendedRights(grant.rights, suspension.reason);
  return {
    kind: 'person',
    userId: row.user_id,
    accountId: row.account_id,
    sessionId: row.id,
    methods: methodsOf(row.methods),
    operatorId: row.operator_id,
    scope: scopeOf(row.operator_id, grant, row.account_id),
    name: row.name,
    email: row.email,
    role: grant.rights.role,
    rights: mustEnrol ? { ...rights, may: new Set(), provider: false } : { ...rights, provider },
    suspension,
    mustEnrol,
    unplaced: isUnplaced(row, origin),
    timeZone: row.time_zone,
    operatorName: row.operator_name,
    sessionExpiresAt: row.expires_at.getTime(),
    authenticatedAt: row.authenticated_at.getTime(),
  };
}
