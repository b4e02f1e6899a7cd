import type { SsoConnection } from '@loopstart/contracts';
import type { Config } from '../../core/config.ts';
import { copyOf } from '../people/index.ts';
import type { ListedConnection } from './connection.repository.ts';

/**
 * Where a provider sends people back to. It comes from the configuration, never from a request; and each connection has its
 * own, so that the answer of one provider is not taken for that of another (RFC 9700, section 4.4).
 */
export const redirectUriOf = (id: string, { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): string =>
  `${PUBLIC_URL.replace(/\/+$/, '')}/api/v1/single-sign-on/callback/${id}`;

/** A connection as people see it: without its secret. */
export function toConnection(row: ListedConnection, config: Pick<Config, 'PUBLIC_URL'>): SsoConnection {
  const { rules, otherwise } = row.mapping;
  return {
    id: row.id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.clientId,
    groupsClaim: row.groupsClaim,
    rules: rules.map(({ group, role, limitedTo }) => ({ group, role, limitedTo: copyOf(limitedTo) })),
    otherwise: otherwise === null ? null : { role: otherwise.role, limitedTo: copyOf(otherwise.limitedTo) },
    provisions: row.provisions,
    domains: row.domains,
    active: row.active,
    redirectUri: redirectUriOf(row.id, config),
    linked: row.linked,
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  };
}
