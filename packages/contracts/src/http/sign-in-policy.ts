import { ACCEPTABLE, refusalOfAccepted, REQUIRED_FOR } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id } from './fields.ts';
import { RoleName } from './rights.ts';

const Networks = z.array(z.string().trim().min(1).max(60)).max(100);

/** How the people of an operator sign in. */
export const SignInPolicyOf = z
  .object({
    requiredFor: z.enum(REQUIRED_FOR).describe('Of whom a second factor is required; roles: of those named in roles'),
    roles: z.array(RoleName).max(100),
    ssoCounts: z
      .boolean()
      .describe(
        'Signing in at the identity provider counts as two factors, where it says that it asked for them (amr: mfa)',
      ),
    accepts: z
      .array(z.enum(ACCEPTABLE))
      .refine((list) => refusalOfAccepted(list) !== 'none', 'at least one second factor')
      .refine(
        (list) => refusalOfAccepted(list) !== 'alone-without-step',
        'passkeys after the password as well, where one alone is accepted',
      )
      .describe('Second factors that count; recovery codes stand in for them'),
    idleMinutes: z.int().min(5).max(10_080).nullable().describe('Null: an unused session does not end by itself'),
    sessionHours: z.int().min(1).max(720).describe('A session ends so long after signing in'),
    networks: Networks.describe('Addresses and networks from which people may work; empty: any'),
    roleNetworks: z
      .array(z.object({ role: RoleName, networks: Networks }))
      .max(100)
      .describe('Those of one role, in the place of networks'),
  })
  .meta({ id: 'SignInPolicy' });

export const signInPolicyEndpoints = {
  getSignInPolicy: endpoint({
    id: 'getSignInPolicy',
    method: 'GET',
    path: '/api/v1/sign-in-policy',
    permission: 'sign-in-policy.read',
    summary: 'Get how people sign in, and who has a second factor',
    response: z.object({
      policy: SignInPolicyOf,
      people: z.array(
        z.object({
          id: Id,
          name: z.string(),
          hasFactor: z.boolean().describe('One that is accepted'),
          required: z.boolean(),
        }),
      ),
    }),
  }),
  putSignInPolicy: endpoint({
    id: 'putSignInPolicy',
    method: 'PUT',
    path: '/api/v1/sign-in-policy',
    permission: 'sign-in-policy.write',
    stepUp: true,
    summary: 'Decide how people sign in; it holds for open sessions at once',
    body: SignInPolicyOf,
    response: SignInPolicyOf,
  }),
} as const;
