import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { EmailAddress, name } from './input-fields.ts';
import { MAIL_MODES, PersonName } from './members.ts';
import { NewPassword, User } from './session.ts';

/** What is estimated of a password: its guesses as a power of ten, in five steps. */
export const PasswordStrength = z
  .object({
    accepted: z.boolean(),
    score: z.int().min(0).max(4),
    reason: z.string().nullable().describe('Why it is not accepted, in words; null where it is'),
  })
  .meta({ id: 'PasswordStrength' });
export type PasswordStrength = z.infer<typeof PasswordStrength>;

export const entryEndpoints = {
  getEntry: endpoint({
    id: 'getEntry',
    method: 'GET',
    path: '/api/v1/entry',
    permission: 'public',
    summary: 'Get what a person can do here before signing in',
    response: z.object({
      setUp: z.boolean().describe('False: there is no operator yet, and the first owner is to be made'),
      mail: z.enum(MAIL_MODES),
    }),
  }),
  setUp: endpoint({
    id: 'setUp',
    method: 'POST',
    path: '/api/v1/setup',
    permission: 'public',
    summary: 'Make the first operator and its owner on an empty system, by the set-up code, and sign in',
    body: z.object({
      code: z.string().trim().toUpperCase().max(40),
      operator: name,
      name: PersonName,
      email: EmailAddress,
      password: NewPassword,
    }),
    response: User,
    status: 201,
  }),
  estimatePassword: endpoint({
    id: 'estimatePassword',
    method: 'POST',
    path: '/api/v1/password-strength',
    permission: 'public',
    summary: 'Estimate how well a new password resists guessing',
    body: z.object({
      password: z.string().min(1).max(500),
      words: z
        .array(z.string().max(320))
        .max(10)
        .default([])
        .describe('Words that a guesser would try: names, address'),
    }),
    response: PasswordStrength,
  }),
  listMailbox: endpoint({
    id: 'listMailbox',
    method: 'GET',
    path: '/api/v1/mailbox',
    permission: 'members.invite',
    summary: 'List mail of the demo, which is kept instead of sent; elsewhere there is none',
    response: z.object({
      demo: z.boolean(),
      items: z.array(
        z.object({
          id: Id,
          at: Instant,
          to: z.string(),
          subject: z.string(),
          text: z.string(),
          link: z.string().nullable(),
        }),
      ),
    }),
  }),
} as const;
