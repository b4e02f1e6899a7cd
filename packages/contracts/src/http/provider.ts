import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { EmailAddress, name, reason } from './input-fields.ts';

/** A count that may not be exceeded; null: any number. */
const quota = z.int().min(0).max(1_000_000_000).nullable();
const quotaBytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();

export const Quotas = z
  .object({
    ports: quota.describe('Lines in service. What gateways have beyond is watched and marked, never dropped'),
    agents: quota.describe('Agents that are not revoked. Beyond, no agent enrols'),
    storageBytes: quotaBytes.describe('Rows of the operator in the database, with readings and history'),
  })
  .meta({ id: 'Quotas' });

const used = z.int().min(0);
const UsageOf = z.object({
  ports: used,
  agents: used,
  storageBytes: used.nullable().describe('Estimated each hour from a sample of each table; null: not yet'),
  storageAt: Instant.nullable().describe('When the storage was measured'),
});

export const Suspension = z
  .object({ since: Instant, reason: z.string() })
  .describe('People and programs cannot work; agents stay connected, and alerts and notifications go on')
  .meta({ id: 'Suspension' });

/** An operator as the provider sees it: its standing and counts, none of its data. */
export const ProviderOperator = z
  .object({
    id: Id,
    name: z.string(),
    createdAt: Instant,
    members: used.describe('Nobody yet: the first owner has not accepted the invitation'),
    quotas: Quotas,
    usage: UsageOf,
    suspension: Suspension.nullable(),
    deletion: z
      .object({ requestedAt: Instant, dueAt: Instant, byProvider: z.boolean() })
      .nullable()
      .describe('Until then its owners can withdraw it, whoever requested it; null: not requested'),
  })
  .meta({ id: 'ProviderOperator' });
export type ProviderOperator = z.infer<typeof ProviderOperator>;

const OwnerInvited = z.object({
  operator: ProviderOperator,
  link: z.string().nullable().describe('Shown once, where this installation sends no mail: hand it to the person'),
});

const params = z.object({ operatorId: Id });
const noQuotas = { ports: null, agents: null, storageBytes: null };

export const providerEndpoints = {
  listProviderOperators: endpoint({
    id: 'listProviderOperators',
    method: 'GET',
    path: '/api/v1/provider/operators',
    permission: 'provider.operators.read',
    summary: 'List all operators of the installation with their standing, quotas and counts',
    response: z.object({ items: z.array(ProviderOperator) }),
  }),
  createOperator: endpoint({
    id: 'createOperator',
    method: 'POST',
    path: '/api/v1/provider/operators',
    permission: 'provider.operators.write',
    summary: 'Create an operator and invite its first owner',
    body: z.object({ name, ownerEmail: EmailAddress, quotas: Quotas.default(noQuotas) }),
    response: OwnerInvited,
    status: 201,
  }),
  inviteFirstOwner: endpoint({
    id: 'inviteFirstOwner',
    method: 'POST',
    path: '/api/v1/provider/operators/:operatorId/first-owner',
    permission: 'provider.operators.write',
    summary: 'Invite the first owner of an operator anew, while it has no member; earlier invitations end',
    params,
    body: z.object({ ownerEmail: EmailAddress }),
    response: OwnerInvited,
  }),
  setQuotas: endpoint({
    id: 'setQuotas',
    method: 'PUT',
    path: '/api/v1/provider/operators/:operatorId/quotas',
    permission: 'provider.operators.write',
    summary: 'Set the quotas of an operator',
    params,
    body: Quotas,
    response: ProviderOperator,
  }),
  suspendOperator: endpoint({
    id: 'suspendOperator',
    method: 'PUT',
    path: '/api/v1/provider/operators/:operatorId/suspension',
    permission: 'provider.operators.write',
    summary: 'Suspend an operator: its people and programs cannot work, its lines stay watched',
    params,
    body: z.object({ reason }),
    response: ProviderOperator,
  }),
  resumeOperator: endpoint({
    id: 'resumeOperator',
    method: 'DELETE',
    path: '/api/v1/provider/operators/:operatorId/suspension',
    permission: 'provider.operators.write',
    summary: 'Resume a suspended operator',
    params,
    response: ProviderOperator,
  }),
  requestDeletionOfOperator: endpoint({
    id: 'requestDeletionOfOperator',
    method: 'POST',
    path: '/api/v1/provider/operators/:operatorId/deletion',
    permission: 'provider.operators.write',
    stepUp: true,
    summary: 'Request that an operator is deleted after two weeks; its owners are told by mail and can object',
    params,
    body: z.object({
      name: name.describe('The name of the operator, as it is written'),
      lines: used.describe('How many lines nobody watches then'),
    }),
    response: ProviderOperator,
    status: 202,
  }),
  withdrawDeletionOfOperator: endpoint({
    id: 'withdrawDeletionOfOperator',
    method: 'DELETE',
    path: '/api/v1/provider/operators/:operatorId/deletion',
    permission: 'provider.operators.write',
    summary: 'Withdraw a deletion that the provider requested',
    params,
    response: ProviderOperator,
  }),
  getProviderTrail: endpoint({
    id: 'getProviderTrail',
    method: 'GET',
    path: '/api/v1/provider/trail',
    permission: 'provider.trail.read',
    summary: 'List what people of the provider did, newest first, and verify the chain of it',
    response: z.object({
      items: z.array(
        z.object({
          seq: z.int(),
          at: Instant,
          by: z.string(),
          verb: z.string(),
          subject: z.object({ id: Id, name: z.string() }),
          change: z.record(z.string(), z.unknown()),
        }),
      ),
      total: z.int(),
      brokenAt: z
        .int()
        .nullable()
        .describe(
          'The first entry that is not what was written, or contradicts a signed head; null: the chain is whole',
        ),
      signed: z
        .object({ seq: z.int(), at: Instant })
        .nullable()
        .describe('The last head that the installation signed; null: none yet. It signs once a day'),
    }),
  }),
} as const;

export const usageEndpoints = {
  getUsage: endpoint({
    id: 'getUsage',
    method: 'GET',
    path: '/api/v1/usage',
    permission: 'usage.read',
    summary: 'Get the quotas of this operator and what is used of them',
    response: z.object({
      quotas: Quotas,
      usage: UsageOf,
      beyond: z
        .object({ ports: used, agents: used, storageBytes: used.nullable() })
        .describe('What is beyond the quota: it is watched as everything else, and nothing is dropped'),
      gatewaysBeyond: z
        .array(z.object({ id: Id, name: z.string(), ports: used, beyond: used }))
        .max(200)
        .describe('Gateways with ports beyond the quota: those that were registered last; at most 200'),
    }),
  }),
} as const;
