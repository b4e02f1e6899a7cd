import { DOMAIN_PATTERN, DOMAIN_STATES, TXT_LOOKUPS } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { EmailAddress, name } from './input-fields.ts';
import { PlacesOf, RoleName } from './rights.ts';

/** How many rules, domains and connections there are at most. */
export const SSO_RULES_MAX = 100;
export const SSO_DOMAINS_MAX = 50;
export const SSO_CONNECTIONS_MAX = 20;

/** Where a page may lead after sign-in: a path of the console. */
const ReturnTo = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])/, 'a path of the console');
const Domain = z.string().trim().toLowerCase().regex(DOMAIN_PATTERN, 'a domain such as example.com');
const MappedRole = z.object({ role: RoleName, limitedTo: PlacesOf.nullable().default(null) });
const RoleRule = MappedRole.extend({ group: z.string().trim().min(1).max(300) });

const Settings = z.object({
  name,
  issuer: z
    .url({ protocol: /^https?$/, error: 'an address such as https://id.example.com' })
    .max(500)
    .refine((text) => !/[?#]/.test(text), { error: 'an address without ? and #' })
    .describe('As the provider itself names it; its discovery document is read below it'),
  clientId: z.string().trim().min(1).max(300),
  groupsClaim: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .default('groups')
    .describe('The claim that names the groups of a person'),
  rules: z
    .array(RoleRule)
    .max(SSO_RULES_MAX)
    .default([])
    .describe(
      'Group to role, in this order: the first that matches decides, at each sign-in. None: roles are given here',
    ),
  otherwise: MappedRole.nullable()
    .default(null)
    .describe('The role of people of none of the groups; without rules, of newcomers alone. Null: they are refused'),
  provisions: z.boolean().default(false).describe('Whether people become members by signing in, without an invitation'),
  domains: z
    .array(Domain)
    .min(1, 'at least one domain')
    .max(SSO_DOMAINS_MAX)
    .describe('Domains of e-mail addresses of its people: once proven, it is offered to them, and links no others'),
  active: z.boolean().default(true),
});

export const SsoConnectionInput = Settings.extend({
  clientSecret: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe('Never returned. Needed again where the issuer changes: a secret is not sent to another address'),
});
export type SsoConnectionInput = z.infer<typeof SsoConnectionInput>;

export const SsoDomain = z
  .object({
    domain: z.string(),
    state: z
      .enum(DOMAIN_STATES)
      .describe('proven: its TXT record was seen. pending: it never was. lost: it was, and is gone for good'),
    since: Instant,
    record: z.string().describe('The TXT record that the owner of the domain adds to the domain itself'),
    counts: z.boolean().describe('Connections are offered to its people, and link them'),
    countsUntil: Instant.nullable().describe('When it counts no more unless the record is seen; null: nothing ends'),
    isTaken: z.boolean().describe('Another operator has proven it'),
    lastLookup: z
      .enum(TXT_LOOKUPS)
      .nullable()
      .describe(
        'What the last look-up saw; no-answer: DNS did not answer, which changes nothing. Null: there was none',
      ),
    checkedAt: Instant.nullable(),
  })
  .meta({ id: 'SsoDomain' });
export type SsoDomain = z.infer<typeof SsoDomain>;

export const SsoConnection = Settings.extend({
  id: Id,
  redirectUri: z.string().describe('To be entered at the provider'),
  linked: z.int().describe('How many members it has linked'),
  lastSignInAt: Instant.nullable(),
  updatedAt: Instant,
}).meta({ id: 'SsoConnection' });
export type SsoConnection = z.infer<typeof SsoConnection>;

export const SSO_CHECKS = ['discovery', 'issuer', 'keys', 'client'] as const;
export const SSO_CHECK_OUTCOMES = ['passed', 'failed', 'not-tried'] as const;
export const SsoTest = z.object({
  checks: z.array(
    z.object({
      check: z
        .enum(SSO_CHECKS)
        .describe(
          'discovery: its document is read; issuer: it names itself alike; keys: it has keys to sign with; client: it takes client id and secret',
        ),
      outcome: z.enum(SSO_CHECK_OUTCOMES),
      detail: z.string().describe('What was seen, in one sentence'),
    }),
  ),
});
export type SsoTest = z.infer<typeof SsoTest>;

const connection = z.object({ connectionId: Id });
const Begun = z.object({ url: z.string().describe('Where the browser is to go') });
const root = '/api/v1/single-sign-on';

export const singleSignOnEndpoints = {
  getSingleSignOn: endpoint({
    id: 'getSingleSignOn',
    method: 'GET',
    path: root,
    permission: 'single-sign-on.read',
    summary: 'Get the connections to identity providers, and whether single sign-on is demanded',
    response: z.object({
      required: z.boolean().describe('Members other than owners sign in by single sign-on alone'),
      connections: z.array(SsoConnection),
      domains: z.array(SsoDomain).describe('The domains of all connections, by name'),
    }),
  }),
  setSingleSignOnPolicy: endpoint({
    id: 'setSingleSignOnPolicy',
    method: 'PUT',
    path: `${root}/policy`,
    permission: 'single-sign-on.write',
    summary: 'Demand single sign-on of members, or not; owners can always sign in by password',
    body: z.object({ required: z.boolean() }),
    response: z.object({ required: z.boolean() }),
    stepUp: true,
  }),
  createSsoConnection: endpoint({
    id: 'createSsoConnection',
    method: 'POST',
    path: `${root}/connections`,
    permission: 'single-sign-on.write',
    summary: 'Add a connection to an OpenID Connect provider',
    body: SsoConnectionInput,
    response: SsoConnection,
    status: 201,
    stepUp: true,
  }),
  updateSsoConnection: endpoint({
    id: 'updateSsoConnection',
    method: 'PUT',
    path: `${root}/connections/:connectionId`,
    permission: 'single-sign-on.write',
    summary: 'Change a connection; without a secret the present one stays',
    params: connection,
    body: SsoConnectionInput,
    response: SsoConnection,
    stepUp: true,
  }),
  testSsoConnection: endpoint({
    id: 'testSsoConnection',
    method: 'POST',
    path: `${root}/connections/:connectionId/test`,
    permission: 'single-sign-on.write',
    summary: 'Test a connection as far as that is possible without a person who signs in',
    params: connection,
    response: SsoTest,
  }),
  deleteSsoConnection: endpoint({
    id: 'deleteSsoConnection',
    method: 'DELETE',
    path: `${root}/connections/:connectionId`,
    permission: 'single-sign-on.write',
    summary: 'Remove a connection; its people remain members and sign in otherwise',
    params: connection,
    stepUp: true,
  }),
  checkSsoDomain: endpoint({
    id: 'checkSsoDomain',
    method: 'POST',
    path: `${root}/domains/:domain/check`,
    permission: 'single-sign-on.write',
    summary: 'Look up the TXT record of a domain now; it is looked up every day as well',
    params: z.object({ domain: Domain }),
    response: SsoDomain,
  }),
  findSignOn: endpoint({
    id: 'findSignOn',
    method: 'POST',
    path: `${root}/options`,
    permission: 'public',
    summary: 'List the connections that speak for the domain of an e-mail address, whether it has an account or not',
    body: z.object({ email: EmailAddress }),
    response: z.object({ items: z.array(z.object({ connectionId: Id, name: z.string() })) }),
  }),
  beginSignOn: endpoint({
    id: 'beginSignOn',
    method: 'POST',
    path: `${root}/begin`,
    permission: 'public',
    summary: 'Begin a sign-in by single sign-on in this browser',
    body: z.object({ connectionId: Id, returnTo: ReturnTo.optional() }),
    response: Begun,
  }),
  linkSignOn: endpoint({
    id: 'linkSignOn',
    method: 'POST',
    path: `${root}/link`,
    permission: 'signed-in',
    summary: 'Link yourself to a person of an identity provider of this operator',
    body: z.object({ connectionId: Id }),
    response: Begun,
    stepUp: true,
  }),
} as const;
