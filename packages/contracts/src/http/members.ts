import { z } from 'zod';
import { csvEndpoint, endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { EmailAddress } from './input-fields.ts';
import { Facet, list, paging, search, someNames, someOf, sortedBy } from './list.ts';
import { PlacesOf, RoleName } from './rights.ts';
import { User } from './session.ts';

/** What a member may do, and where. */
const RoleInput = z.object({ role: RoleName, limitedTo: PlacesOf.nullable().default(null) });

/** Whether a member has a second factor: one that the operator accepts, others alone, or none. */
export const MEMBER_FACTOR = ['accepted', 'other', 'none'] as const;
export const MEMBER_STATUS = ['member', 'removed'] as const;
/** When a member last signed in: within a day, 7 days or 30 days and not later, longer ago, or not since it is recorded. */
export const MEMBER_SEEN = ['24h', '7d', '30d', 'longer', 'never'] as const;

/** Columns of the list of members: each can be sorted by and exported. */
export const MEMBER_COLUMNS = ['name', 'email', 'role', 'status', 'factor', 'seen', 'joined'] as const;
export type MemberColumn = (typeof MEMBER_COLUMNS)[number];

const memberFilters = {
  ...search,
  role: someNames,
  status: someOf(MEMBER_STATUS),
  factor: someOf(MEMBER_FACTOR),
  seen: someOf(MEMBER_SEEN),
};
export const MEMBER_FACETS = ['role', 'status', 'factor', 'seen'] as const;
export type MemberFacet = (typeof MEMBER_FACETS)[number];

/** A person in this operator: their account with a role. */
export const Member = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    role: RoleName,
    roleTitle: z.string().nullable().describe('Null: the role was deleted, and the member may do nothing'),
    limitedTo: PlacesOf.nullable().describe('Null: works in the whole operator'),
    joinedAt: Instant,
    lastSignInAt: Instant.nullable().describe('Null: not since this is recorded'),
    removedAt: Instant.nullable().describe('Null: a member today'),
    factor: z
      .enum(MEMBER_FACTOR)
      .nullable()
      .describe('Whether they have a second factor that is accepted; null: the caller may not see the sign-in policy'),
    provisionedBy: z
      .string()
      .nullable()
      .describe(
        'The connection whose directory keeps this member; null: none, or the caller works in a part of the fleet',
      ),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

/** A member after a change, which says nothing of their second factor. */
const ChangedMember = Member.omit({ factor: true });

/** How this installation sends mail: by a mail server, into the mailbox page of the demo, or not at all. */
export const MAIL_MODES = ['smtp', 'mailbox', 'none'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

export const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    role: RoleName,
    roleTitle: z.string().nullable(),
    limitedTo: PlacesOf.nullable(),
    invitedBy: z.string(),
    createdAt: Instant,
    expiresAt: Instant,
    expired: z.boolean(),
    mail: z
      .object({
        state: z.enum(['waiting', 'sent', 'failed', 'kept', 'none']).describe('none: the link was handed over'),
        error: z.string().nullable(),
      })
      .describe('What became of its mail'),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

const Invited = z.object({
  invitation: Invitation,
  link: z.string().nullable().describe('Shown once, where this installation sends no mail: hand it to the person'),
});
export type Invited = z.infer<typeof Invited>;

/** What names a person who is to be removed, and what is left without anybody then. */
export const MemberTies = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['incident', 'schedule', 'override', 'policy']),
      id: Id,
      name: z.string(),
      empty: z.boolean().describe('Nobody is left there when the person is removed'),
    }),
  ),
});
export type MemberTies = z.infer<typeof MemberTies>;

const member = z.object({ userId: Id });
const invitation = z.object({ invitationId: Id });

export const memberEndpoints = {
  listMembers: endpoint({
    id: 'listMembers',
    method: 'GET',
    path: '/api/v1/members',
    permission: 'members.read',
    summary: 'List the members of this operator with their roles, also those who were removed',
    query: z.object({ ...memberFilters, sort: sortedBy(MEMBER_COLUMNS), ...paging }),
    response: list(Member),
  }),
  getMemberFacet: endpoint({
    id: 'getMemberFacet',
    method: 'GET',
    path: '/api/v1/members/facets',
    permission: 'members.read',
    summary: 'Count members by the values of one filter',
    query: z.object({ ...memberFilters, facet: z.enum(MEMBER_FACETS) }),
    response: Facet,
  }),
  exportMembers: csvEndpoint({
    id: 'exportMembers',
    path: '/api/v1/members/export',
    permission: 'members.read',
    summary: 'Export the members that match as CSV',
    query: z.object({ ...memberFilters, sort: sortedBy(MEMBER_COLUMNS), columns: someOf(MEMBER_COLUMNS) }),
  }),
  getMemberTies: endpoint({
    id: 'getMemberTies',
    method: 'GET',
    path: '/api/v1/members/:userId/ties',
    permission: 'members.read',
    summary: 'List what names a member: incidents, on-call schedules, policies',
    params: member,
    response: MemberTies,
  }),
  changeMemberRole: endpoint({
    id: 'changeMemberRole',
    method: 'PUT',
    path: '/api/v1/members/:userId/role',
    permission: 'members.write',
    stepUp: true,
    summary: 'Change the role of a member',
    params: member,
    body: RoleInput,
    response: ChangedMember,
  }),
  removeMember: endpoint({
    id: 'removeMember',
    method: 'DELETE',
    path: '/api/v1/members/:userId',
    permission: 'members.write',
    stepUp: true,
    summary: 'Remove a member: ends their sessions, and takes them out of incidents, schedules and policies',
    params: member,
  }),
  restoreMember: endpoint({
    id: 'restoreMember',
    method: 'POST',
    path: '/api/v1/members/:userId/restore',
    permission: 'members.write',
    stepUp: true,
    summary: 'Restore a removed member; incidents, schedules and policies do not name them again',
    params: member,
    response: ChangedMember,
  }),
  endMemberSessions: endpoint({
    id: 'endMemberSessions',
    method: 'POST',
    path: '/api/v1/members/:userId/end-sessions',
    permission: 'members.write',
    stepUp: true,
    summary: 'End all sessions of a member in this operator',
    params: member,
    response: z.object({ ended: z.int() }),
  }),
  resetMemberFactors: endpoint({
    id: 'resetMemberFactors',
    method: 'POST',
    path: '/api/v1/members/:userId/reset-factors',
    permission: 'members.write',
    stepUp: true,
    summary:
      'Remove the second factors of a member who has lost them, and end their sessions; not of one who works elsewhere, too',
    params: member,
  }),
  unlinkMember: endpoint({
    id: 'unlinkMember',
    method: 'POST',
    path: '/api/v1/members/:userId/unlink',
    permission: 'members.write',
    stepUp: true,
    summary:
      'Unlink a member from every identity of single sign-on in this operator, and end their sessions; the next one that comes with their address is linked',
    params: member,
    response: z.object({ unlinked: z.int().describe('How many identities; 0: the member was not linked') }),
  }),
  listInvitations: endpoint({
    id: 'listInvitations',
    method: 'GET',
    path: '/api/v1/invitations',
    permission: 'members.read',
    summary: 'List invitations that are not accepted yet',
    response: z.object({ items: z.array(Invitation), mail: z.enum(MAIL_MODES) }),
  }),
  createInvitation: endpoint({
    id: 'createInvitation',
    method: 'POST',
    path: '/api/v1/invitations',
    permission: 'members.invite',
    stepUp: true,
    summary: 'Invite a person by e-mail; the invitation is valid for 72 hours and works once',
    body: RoleInput.extend({ email: EmailAddress }),
    response: Invited,
    status: 201,
  }),
  resendInvitation: endpoint({
    id: 'resendInvitation',
    method: 'POST',
    path: '/api/v1/invitations/:invitationId/resend',
    permission: 'members.invite',
    stepUp: true,
    summary: 'Send an invitation again with a new link; the old link ends',
    params: invitation,
    response: Invited,
  }),
  withdrawInvitation: endpoint({
    id: 'withdrawInvitation',
    method: 'DELETE',
    path: '/api/v1/invitations/:invitationId',
    permission: 'members.invite',
    summary: 'Withdraw an invitation',
    params: invitation,
  }),
} as const;

/** The secret of a link. It travels in bodies alone, never in an address that somebody logs. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/, { error: 'the token of a link' });
/** A person's own name. */
export const PersonName = z.string().trim().min(1, 'a name').max(120);

export const invitationLinkEndpoints = {
  readInvitation: endpoint({
    id: 'readInvitation',
    method: 'POST',
    path: '/api/v1/invitation-links/read',
    permission: 'public',
    summary: 'Read what an invitation offers, by its token',
    body: z.object({ token: LinkToken }),
    response: z.object({
      operator: z.string(),
      email: z.string(),
      role: z.string().describe('The title of the role'),
      invitedBy: z.string(),
      expiresAt: Instant,
      account: z.enum(['new', 'known']).describe('known: the address has an account already'),
    }),
  }),
  acceptInvitation: endpoint({
    id: 'acceptInvitation',
    method: 'POST',
    path: '/api/v1/invitation-links/accept',
    permission: 'public',
    summary: 'Accept an invitation with a new account, and sign in',
    body: z.object({ token: LinkToken, name: PersonName, password: z.string().min(1).max(500) }),
    response: User,
    status: 201,
  }),
  joinByInvitation: endpoint({
    id: 'joinByInvitation',
    method: 'POST',
    path: '/api/v1/invitation-links/join',
    permission: 'public',
    summary: 'Accept an invitation with the account of its address: signed in as it, or by its password',
    body: z.object({ token: LinkToken, password: z.string().min(1).max(500).optional() }),
    response: z.object({ operatorId: Id }),
  }),
} as const;
