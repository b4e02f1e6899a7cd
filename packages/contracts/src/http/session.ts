import { z } from 'zod';
import { endpoint, ROLES } from './endpoint.ts';
import { Id } from './fields.ts';

/** A password as it is chosen. Length is what counts (NIST SP 800-63B); which characters is nobody's business. */
export const NewPassword = z.string().min(12, 'at least 12 characters').max(500);

export const User = z
  .object({
    id: Id,
    email: z.email(),
    name: z.string(),
    role: z.enum(ROLES),
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
    role: 'public',
    summary: 'Sign in; sets the session cookie',
    body: z.object({ email: z.string().trim().toLowerCase().max(320), password: z.string().min(1).max(500) }),
    response: User,
    status: 201,
  }),
  getSession: endpoint({
    id: 'getSession',
    method: 'GET',
    path: '/api/v1/session',
    role: 'viewer',
    summary: 'Who is signed in',
    response: User,
  }),
  changePassword: endpoint({
    id: 'changePassword',
    method: 'PUT',
    path: '/api/v1/session/password',
    role: 'viewer',
    summary: 'Change your own password; ends your other sessions',
    body: z.object({ currentPassword: z.string().min(1).max(500), newPassword: NewPassword }),
  }),
  signOut: endpoint({ id: 'signOut', method: 'DELETE', path: '/api/v1/session', role: 'viewer', summary: 'Sign out' }),
} as const;
