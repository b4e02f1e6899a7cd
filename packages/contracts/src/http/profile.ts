import { SIGN_IN_METHODS } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant, timeZone } from './fields.ts';
import { EmailAddress } from './input-fields.ts';
import { LinkToken, PersonName } from './members.ts';
import { RoleName } from './rights.ts';
import { NewPassword, User } from './session.ts';

/** A browser in which a person is signed in. */
const OwnSession = z.object({
  id: Id,
  current: z.boolean().describe('The session of this request'),
  operator: z.string(),
  methods: z.array(z.enum(SIGN_IN_METHODS)).describe('By what the person proved who they are'),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  signedInAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
});

export const profileEndpoints = {
  updateProfile: endpoint({
    id: 'updateProfile',
    method: 'PATCH',
    path: '/api/v1/profile',
    permission: 'signed-in',
    summary: 'Change your own name and time zone, in every operator where you work',
    body: z.object({ name: PersonName.optional(), timeZone: timeZone.nullable().optional() }),
    response: User,
  }),
  changeEmail: endpoint({
    id: 'changeEmail',
    method: 'POST',
    path: '/api/v1/profile/email',
    permission: 'signed-in',
    summary: 'Ask for another e-mail address; it changes when its owner follows the link that is sent there',
    body: z.object({ email: EmailAddress, currentPassword: z.string().min(1).max(500) }),
  }),
  confirmEmail: endpoint({
    id: 'confirmEmail',
    method: 'POST',
    path: '/api/v1/email-links/confirm',
    permission: 'public',
    summary: 'Confirm a new e-mail address by the token of its link',
    body: z.object({ token: LinkToken }),
    response: z.object({ email: z.string() }),
  }),
  listOwnOperators: endpoint({
    id: 'listOwnOperators',
    method: 'GET',
    path: '/api/v1/session/operators',
    permission: 'signed-in',
    summary: 'List the operators where you work',
    response: z.object({
      items: z.array(z.object({ id: Id, name: z.string(), role: RoleName, current: z.boolean() })),
    }),
  }),
  switchOperator: endpoint({
    id: 'switchOperator',
    method: 'POST',
    path: '/api/v1/session/operator',
    permission: 'signed-in',
    summary: 'Work for another operator of yours: a new session replaces this one',
    body: z.object({ operatorId: Id }),
    response: User,
  }),
  listOwnSessions: endpoint({
    id: 'listOwnSessions',
    method: 'GET',
    path: '/api/v1/profile/sessions',
    permission: 'signed-in',
    summary: 'List your own sessions, in every operator where you work',
    response: z.object({ items: z.array(OwnSession) }),
  }),
  endOwnSession: endpoint({
    id: 'endOwnSession',
    method: 'DELETE',
    path: '/api/v1/profile/sessions/:sessionId',
    permission: 'signed-in',
    summary: 'End one of your sessions',
    params: z.object({ sessionId: Id }),
  }),
  endOtherSessions: endpoint({
    id: 'endOtherSessions',
    method: 'POST',
    path: '/api/v1/profile/sessions/end-others',
    permission: 'signed-in',
    summary: 'End all of your sessions but this one',
    response: z.object({ ended: z.int() }),
  }),
  askReset: endpoint({
    id: 'askReset',
    method: 'POST',
    path: '/api/v1/password-resets',
    permission: 'public',
    summary: 'Ask for a link that sets a new password; the answer is the same for every address',
    body: z.object({ email: EmailAddress }),
  }),
  readReset: endpoint({
    id: 'readReset',
    method: 'POST',
    path: '/api/v1/password-resets/read',
    permission: 'public',
    summary: 'Read whose password a link sets, by its token',
    body: z.object({ token: LinkToken }),
    response: z.object({ email: z.string(), name: z.string() }),
  }),
  useReset: endpoint({
    id: 'useReset',
    method: 'POST',
    path: '/api/v1/password-resets/use',
    permission: 'public',
    summary: 'Set a new password by the token of a link; ends all sessions of the person',
    body: z.object({ token: LinkToken, newPassword: NewPassword }),
  }),
} as const;
