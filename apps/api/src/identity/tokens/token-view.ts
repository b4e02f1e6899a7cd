import { PlacesOf, type Token } from '@loopstart/contracts';
import { knownRights, rightsOfToken, tokenState } from '@loopstart/domain';
import { grantOf } from '../../core/session/grant.ts';
import type { StoredToken } from './token.repository.ts';

/** A token as the API shows it: what it may do now, and what it was given and may not do. */
export function toToken(row: StoredToken, now: number): Token {
  const owner = row.owner_removed_at === null ? grantOf(row) : null;
  const may = rightsOfToken(row.permissions, (permission) => owner?.rights.may.has(permission) ?? false);
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  const ms = (date: Date | null) => date?.getTime() ?? null;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    hint: row.hint,
    state: tokenState(
      { revokedAt: ms(row.revoked_at), expiresAt: ms(row.expires_at), ownerRemovedAt: ms(row.owner_removed_at) },
      now,
    ),
    permissions: may,
    withheld: knownRights(row.permissions).filter((permission) => !may.includes(permission)),
    limitedTo: row.token_limited_to === null ? null : PlacesOf.parse(row.token_limited_to),
    addresses: row.addresses,
    createdAt: row.created_at.toISOString(),
    owner: { userId: row.owner_id, name: row.owner_name },
    expiresAt: iso(row.expires_at),
    lastUsedAt: iso(row.last_used_at),
    lastUsedAddress: row.last_used_address,
    revokedAt: iso(row.revoked_at),
    revokedBy: row.revoked_by_name,
  };
}
