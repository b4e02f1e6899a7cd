import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, timeZone } from './fields.ts';
import { EmailAddress } from './input-fields.ts';
import { LinkToken, PersonName } from './members.ts';
import { RoleName } from './rights.ts';
import { NewPassword, User } from './session.ts';

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
