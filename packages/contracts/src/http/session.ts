import { z } from 'zod';
import { permission, PlacesOf, RoleName } from './rights.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';

/** A new password. Only its length is checked (NIST SP 800-63B). */
export const NewPassword = z.string().min(12, 'at least 12 characters').max(500);

export const User = z
  .object({
    id: Id,
    email: z.email(),
    name: z.string(),
    role: RoleName,
    roleTitle: z.string(),
    permissions: z.array(permission),
    /** How many lines one act may touch; null: any number. */
    maxLinesAtOnce: z.int().nullable(),
    /** Null: works in the whole operator. */
    limitedTo: PlacesOf.nullable(),
    timeZone: z.string().nullable(),
    operator: z.object({ id: Id, name: z.string() }),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

export const sessionEndpoints = {
  signIn: endpoint({
    id: 'signIn',
    method: 'POST',
    path: '/api/v1/session',
    permission: 'public',
    summary: 'Sign in and set the session cookie',
    body: z.object({ email: z.string().trim().toLowerCase().max(320), password: z.string().min(1).max(500) }),
    response: User,
    status: 201,
  }),
  getSession: endpoint({
    id: 'getSession',
    method: 'GET',
    path: '/api/v1/session',
    permission: 'signed-in',
    summary: 'Get the signed-in user',
    response: User,
  }),
  changePassword: endpoint({
    id: 'changePassword',
    method: 'PUT',
    path: '/api/v1/session/password',
    permission: 'signed-in',
    summary: 'Change your own password and end your other sessions',
    body: z.object({ currentPassword: z.string().min(1).max(500), newPassword: NewPassword }),
  }),
  signOut: endpoint({
    id: 'signOut',
    method: 'DELETE',
    path: '/api/v1/session',
    permission: 'signed-in',
    summary: 'Sign out',
  }),
} as const;
