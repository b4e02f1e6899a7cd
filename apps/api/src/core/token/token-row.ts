import type { Places } from '@loopstart/domain';
import type { GrantRow } from '../session/grant.ts';

/** A token with who answers for it, as `resolve_token` and `resolve_grant` answer. */
export interface TokenRow extends GrantRow {
  id: string;
  kind: 'token' | 'oauth-client' | 'provisioning';
  name: string;
  operator_id: string;
  operator_name: string;
  permissions: string[];
  token_limited_to: Places | null;
  /** The customers of the sites that it is limited to, by site. */
  site_customers: Record<string, string> | null;
  addresses: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  owner_id: string;
  owner_removed_at: Date | null;
  /** The hash was that of an access token of this OAuth client. */
  is_access: boolean;
  access_expires_at: Date | null;
  access_permissions: string[] | null;
  /** Why the operator is suspended; null: it is not. */
  suspension_reason: string | null;
}

/** The grant is that of the owner: its places are `limited_to`. */
export const TOKEN_SQL =
  'select t.*, g.*, o.suspension_reason from resolve_token($1) t left join lateral resolve_grant(t.owner_id) g on true cross join lateral resolve_standing(t.operator_id, null) o';
