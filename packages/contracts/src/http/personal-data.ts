import { FACTOR_KINDS } from '@loopstart/domain';
import { z } from 'zod';
import { AuditEntry } from './audit.ts';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';

/** What is kept about one member. */
export const PersonalData = z
  .object({
    person: z.object({
      userId: Id,
      name: z.string(),
      email: z.string(),
      timeZone: z.string().nullable(),
      role: z.string(),
      memberSince: Instant,
      removedAt: Instant.nullable(),
    }),
    sessions: z.array(
      z.object({
        createdAt: Instant,
        lastUsedAt: Instant,
        expiresAt: Instant,
        address: z.string().nullable(),
        userAgent: z.string().nullable(),
      }),
    ),
    identities: z
      .array(
        z.object({
          connection: z.string(),
          issuer: z.string(),
          subject: z.string().describe('How the identity provider names the person'),
          linkedAt: Instant,
          lastSignInAt: Instant.nullable(),
        }),
      )
      .describe('By which identities the person signs in through single sign-on'),
    directories: z
      .array(
        z.object({
          connection: z.string().describe('The single sign-on connection to which the directory belongs'),
          userName: z.string(),
          externalId: z.string().nullable(),
          displayName: z.string().nullable(),
          givenName: z.string().nullable(),
          familyName: z.string().nullable(),
          formattedName: z.string().nullable(),
          emails: z.array(z.string()),
          groups: z.array(z.string()),
        }),
      )
      .describe('What directories have sent about the person by SCIM'),
    factors: z
      .array(
        z.object({
          kind: z.enum(FACTOR_KINDS),
          name: z.string(),
          addedAt: Instant,
          lastUsedAt: Instant.nullable(),
        }),
      )
      .nullable()
      .describe(
        'Second factors, never what is secret of them. Null: the account works for another operator, too, and only the person sees them',
      ),
    recoveryCodesLeft: z.int().nullable().describe('Null: as for factors'),
    entries: z.array(AuditEntry).describe('Audit entries by the person, and about the person, newest first'),
    entriesTotal: z.int(),
  })
  .meta({ id: 'PersonalData' });
export type PersonalData = z.infer<typeof PersonalData>;

const params = z.object({ userId: Id });

export const personalDataEndpoints = {
  exportPersonalData: endpoint({
    id: 'exportPersonalData',
    method: 'POST',
    path: '/api/v1/audit/people/:userId/export',
    permission: 'audit.erase',
    summary: 'Export what is kept about one person; the export is on record',
    params,
    response: PersonalData,
  }),
  erasePerson: endpoint({
    id: 'erasePerson',
    method: 'POST',
    path: '/api/v1/audit/people/:userId/erase',
    permission: 'audit.erase',
    stepUp: true,
    summary:
      'Erase a person for good: ends the membership, and takes name, e-mail address and addresses out of the account and the audit trail, which stays verifiable',
    params,
    body: z.object({
      name: z.string().trim().min(1).max(200).describe('The present name of the person, as a confirmation'),
    }),
    response: z.object({
      entries: z.int().describe('Audit entries that were changed'),
      accountErased: z.boolean().describe('False where the person is still a member of another operator'),
    }),
  }),
} as const;
