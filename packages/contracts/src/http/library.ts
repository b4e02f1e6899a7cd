import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { name } from './input-fields.ts';
import { Ownership, PublishedMode } from './ownership.ts';
import { Policy, PolicyInput } from './policies.ts';
import { RoleInput, RoleView } from './roles.ts';

/** What is published: the whole object as an operator has it. */
export const LibraryContent = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('policy'), content: PolicyInput }),
    z.object({ kind: z.literal('role'), content: RoleInput }),
  ])
  .meta({ id: 'LibraryContent' });
export type LibraryContent = z.infer<typeof LibraryContent>;

const count = z.int().min(0);

/** A published object as the provider sees it. */
export const LibraryObject = z
  .object({
    id: Id,
    object: LibraryContent,
    mode: PublishedMode,
    forAll: z.boolean().describe('For every operator, those to come included'),
    operatorIds: z.array(Id).describe('The operators that have it'),
    version: z.int().min(1),
    publishedAt: Instant,
    updatedAt: Instant.describe('When this version was published'),
    uses: z
      .object({
        inForce: count.describe('Operators where it is locked and in force'),
        copies: count.describe('Copies that operators own'),
        members: count.describe('People who have the locked role'),
      })
      .describe('Counts alone: the provider sees none of what operators have'),
  })
  .meta({ id: 'LibraryObject' });
export type LibraryObject = z.infer<typeof LibraryObject>;

/** A published object as an operator sees it, to be copied. */
const published = { id: Id, ...Ownership.shape, publishedAt: Instant };
export const PublishedPolicy = PolicyInput.extend(published).meta({ id: 'PublishedPolicy' });
export type PublishedPolicy = z.infer<typeof PublishedPolicy>;
export const PublishedRole = RoleInput.extend(published).meta({ id: 'PublishedRole' });
export type PublishedRole = z.infer<typeof PublishedRole>;

const object = z.object({ objectId: Id });
const publication = z.object({ publicationId: Id });
const copied = z.object({ name: name.optional().describe('Another name for the copy') });

export const libraryEndpoints = {
  listLibrary: endpoint({
    id: 'listLibrary',
    method: 'GET',
    path: '/api/v1/provider/library',
    permission: 'provider.library.read',
    summary: 'List what is published to operators, with counts of who has and uses it',
    response: z.object({ items: z.array(LibraryObject) }),
  }),
  publishObject: endpoint({
    id: 'publishObject',
    method: 'POST',
    path: '/api/v1/provider/library',
    permission: 'provider.library.write',
    stepUp: true,
    summary: 'Publish a policy or role to all operators or to those named; a repeated key publishes once',
    body: z.object({
      idempotencyKey: Id,
      mode: PublishedMode,
      operatorIds: z.array(Id).min(1).max(1_000).nullable().describe('Null: all, those to come included'),
      object: LibraryContent,
    }),
    response: LibraryObject,
    status: 201,
  }),
  publishVersion: endpoint({
    id: 'publishVersion',
    method: 'PUT',
    path: '/api/v1/provider/library/:objectId',
    permission: 'provider.library.write',
    stepUp: true,
    summary: 'Publish the next version, at once for every operator that has the object',
    params: object,
    body: z.object({ from: z.int().min(1).describe('The version that this one replaces'), object: LibraryContent }),
    response: LibraryObject,
  }),
  withdrawObject: endpoint({
    id: 'withdrawObject',
    method: 'DELETE',
    path: '/api/v1/provider/library/:objectId',
    permission: 'provider.library.write',
    stepUp: true,
    summary: 'Withdraw a published object; where it is locked, it becomes the own object of each operator',
    params: object,
  }),
  listPublishedPolicies: endpoint({
    id: 'listPublishedPolicies',
    method: 'GET',
    path: '/api/v1/published-policies',
    permission: 'policies.read',
    summary: 'List notification policies that the provider publishes to this operator',
    response: z.object({ items: z.array(PublishedPolicy) }),
  }),
  copyPublishedPolicy: endpoint({
    id: 'copyPublishedPolicy',
    method: 'POST',
    path: '/api/v1/published-policies/:publicationId/copies',
    permission: 'policies.write',
    summary: 'Copy a shared notification policy; the copy is owned',
    params: publication,
    body: copied,
    response: Policy,
    status: 201,
  }),
  listPublishedRoles: endpoint({
    id: 'listPublishedRoles',
    method: 'GET',
    path: '/api/v1/published-roles',
    permission: 'roles.read',
    summary: 'List roles that the provider publishes to this operator',
    response: z.object({ items: z.array(PublishedRole) }),
  }),
  copyPublishedRole: endpoint({
    id: 'copyPublishedRole',
    method: 'POST',
    path: '/api/v1/published-roles/:publicationId/copies',
    permission: 'roles.write',
    stepUp: true,
    summary: 'Copy a shared role, with no right that you lack yourself; the copy is owned',
    params: publication,
    body: copied,
    response: RoleView,
    status: 201,
  }),
} as const;
