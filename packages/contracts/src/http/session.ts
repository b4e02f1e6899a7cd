import { z } from 'zod';
import { permission, PlacesOf, RoleName } from './rights.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { TotpCode } from './input-fields.ts';
import { Suspension } from './provider.ts';
import { PasskeyShown } from './webauthn.ts';

/**
 * Fewest characters of a new password: NIST SP 800-63B-4, section 3.1.1.2, asks for 15 where it is the only factor, and when
 * a password is chosen it always is.
 */
export const PASSWORD_MIN = 15;
/** A new password by its length; what it is made of is nobody's rule (section 3.1.1.2), how well known it is, the API checks. */
export const NewPassword = z.string().min(PASSWORD_MIN, `at least ${PASSWORD_MIN} characters`).max(500);

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
    provider: z.boolean().describe('Runs the installation, too'),
    mustEnrol: z.boolean().describe('Has to add a second factor before anything else'),
    suspension: Suspension.nullable().describe('Why nobody of this operator can work now; null: everybody can'),
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
  proveAgain: endpoint({
    id: 'proveAgain',
    method: 'POST',
    path: '/api/v1/session/proof',
    permission: 'signed-in',
    summary: 'Prove again who you are, as dangerous acts ask for; it counts for ten minutes',
    body: z.discriminatedUnion('by', [
      z.object({ by: z.literal('password'), password: z.string().min(1).max(500) }),
      z.object({ by: z.literal('totp'), code: TotpCode }),
      z.object({ by: z.literal('passkey'), credential: PasskeyShown }),
    ]),
  }),
  signOut: endpoint({
    id: 'signOut',
    method: 'DELETE',
    path: '/api/v1/session',
    permission: 'signed-in',
    summary: 'Sign out',
  }),
} as const;
