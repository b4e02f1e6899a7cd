import { TOKEN_DAYS_DEFAULT, TOKEN_DAYS_MAX } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { name } from './input-fields.ts';
import { permission, PlacesOf, RoleName } from './rights.ts';

/** What a person creates here. Tokens of provisioning belong to a connection of single sign-on. */
export const TOKEN_KINDS = ['token', 'oauth-client'] as const;
export const TOKEN_STATES = ['active', 'expired', 'revoked', 'unowned'] as const;
/** Address ranges of one token. */
export const TOKEN_ADDRESSES_MAX = 50;

const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'an address or network such as 203.0.113.0/24',
});

/** An API token, or a client of OAuth 2.0 client credentials. Its secret is shown once, when it is created. */
export const Token = z
  .object({
    id: Id.describe('Of an OAuth client also its client_id'),
    kind: z
      .enum([...TOKEN_KINDS, 'provisioning'])
      .describe('provisioning: for SCIM of one connection, and nothing else'),
    name: z.string(),
    hint: z.string().describe('The first characters of the secret'),
    state: z
      .enum(TOKEN_STATES)
      .describe('unowned: the person who answered for it left; it rests until somebody takes it over'),
    permissions: z.array(permission).describe('What it may do now: what it was given, as far as its owner may do it'),
    withheld: z.array(permission).describe('What it was given and may not do now, because its owner may not'),
    limitedTo: PlacesOf.nullable().describe('Where it works; null: wherever its owner works'),
    addresses: z.array(z.string()).describe('From where it may be used; none: from anywhere'),
    createdAt: Instant,
    owner: z.object({ userId: Id, name: z.string() }).describe('The person who answers for it'),
    expiresAt: Instant.nullable().describe('Null: it does not expire'),
    lastUsedAt: Instant.nullable().describe('To the minute; null: never used'),
    lastUsedAddress: z.string().nullable(),
    revokedAt: Instant.nullable(),
    revokedBy: z.string().nullable(),
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof Token>;

const token = z.object({ tokenId: Id });

export const NewToken = z.object({
  kind: z.enum(TOKEN_KINDS).default('token'),
  name,
  rights: z
    .union([z.object({ permissions: z.array(permission).min(1) }), z.object({ role: RoleName })], {
      error: 'a role, or at least one permission',
    })
    .describe('A role stands for what it permits now: what it permits later, the token does not get'),
  limitedTo: PlacesOf.nullable().default(null),
  addresses: z.array(Network).max(TOKEN_ADDRESSES_MAX).default([]),
  expiresInDays: z
    .int()
    .min(1)
    .max(TOKEN_DAYS_MAX)
    .nullable()
    .default(TOKEN_DAYS_DEFAULT)
    .describe('Null: never, which needs the permission tokens.lasting'),
});

export const tokenEndpoints = {
  listTokens: endpoint({
    id: 'listTokens',
    method: 'GET',
    path: '/api/v1/tokens',
    permission: 'tokens.read',
    summary: 'List API tokens and OAuth clients',
    response: z.object({ items: z.array(Token) }),
  }),
  createToken: endpoint({
    id: 'createToken',
    method: 'POST',
    path: '/api/v1/tokens',
    permission: 'tokens.write',
    summary: 'Create an API token or OAuth client',
    body: NewToken,
    response: z.object({ token: Token, secret: z.string().describe('Shown this once: only its hash is stored') }),
    status: 201,
    stepUp: true,
  }),
  takeOverToken: endpoint({
    id: 'takeOverToken',
    method: 'POST',
    path: '/api/v1/tokens/:tokenId/take-over',
    permission: 'tokens.write',
    summary: 'Answer for a token in place of its owner',
    params: token,
    response: Token,
    stepUp: true,
  }),
  revokeToken: endpoint({
    id: 'revokeToken',
    method: 'DELETE',
    path: '/api/v1/tokens/:tokenId',
    permission: 'tokens.write',
    summary: 'Revoke an API token or OAuth client',
    params: token,
  }),
} as const;
