import { ROLE_REFUSALS, SSO_REFUSALS } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { PlacesOf, RoleName } from './rights.ts';
import { NewToken, Token } from './tokens.ts';

const count = z.int().min(0);

/** What a directory has sent to a connection by SCIM, and what became of it. */
export const Provisioning = z
  .object({
    baseUrl: z.string().describe('To be entered at the directory'),
    tokens: z.array(Token),
    lastRequestAt: Instant.nullable().describe('To the minute; null: none of these tokens was used'),
    people: z.object({
      provisioned: count.describe('Members of today whom a directory keeps'),
      linked: count.describe('Members who came by single sign-on, and no directory keeps'),
      byHand: count.describe('Members who were invited here'),
      received: count.describe('People whom this directory has sent'),
      inactive: count.describe('Those of them whom it wants out'),
    }),
    refused: z
      .array(z.object({ userName: z.string(), reason: z.enum([...SSO_REFUSALS, ...ROLE_REFUSALS]) }))
      .describe('People whom it has sent and who do not come in, at most 50'),
    groups: z.array(
      z.object({
        id: Id,
        name: z.string(),
        externalId: z.string().nullable(),
        members: count,
        gives: z
          .object({ role: RoleName, limitedTo: PlacesOf.nullable() })
          .nullable()
          .describe('The role of who is in this group alone; null: no rule names it'),
      }),
    ),
  })
  .meta({ id: 'Provisioning' });
export type Provisioning = z.infer<typeof Provisioning>;

export const NewProvisioningToken = NewToken.pick({ name: true, addresses: true, expiresInDays: true });
export type NewProvisioningToken = z.infer<typeof NewProvisioningToken>;

const root = '/api/v1/single-sign-on/connections/:connectionId/provisioning';
const params = z.object({ connectionId: Id });

export const provisioningEndpoints = {
  getProvisioning: endpoint({
    id: 'getProvisioning',
    method: 'GET',
    path: root,
    permission: 'single-sign-on.read',
    summary: 'Get what a directory has sent to a connection by SCIM, and its tokens',
    params,
    response: Provisioning,
  }),
  createProvisioningToken: endpoint({
    id: 'createProvisioningToken',
    method: 'POST',
    path: `${root}/tokens`,
    permission: 'single-sign-on.write',
    summary: 'Create a token by which a directory keeps the people of a connection; it works for SCIM alone',
    params,
    body: NewProvisioningToken,
    response: z.object({ token: Token, secret: z.string().describe('Shown this once: only its hash is stored') }),
    status: 201,
    stepUp: true,
  }),
  revokeProvisioningToken: endpoint({
    id: 'revokeProvisioningToken',
    method: 'DELETE',
    path: `${root}/tokens/:tokenId`,
    permission: 'single-sign-on.write',
    summary: 'Revoke a token of a directory; its people remain members',
    params: params.extend({ tokenId: Id }),
    stepUp: true,
  }),
} as const;
