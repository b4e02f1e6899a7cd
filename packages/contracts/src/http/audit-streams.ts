import { STREAM_STATES } from '@loopstart/domain';
import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Id, Instant } from './fields.ts';
import { httpsUrl, name } from './input-fields.ts';

export const AUDIT_STREAM_KINDS = ['webhook', 'syslog'] as const;

const host = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:.]+)$/, 'a host name or address such as siem.example.com');
const port = z.int().min(1).max(65_535);
const authority = z
  .string()
  .trim()
  .max(100_000)
  .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/, 'certificates in PEM');
const ca = authority
  .nullable()
  .describe('Certificates (PEM) that the receiver is checked against; null: those that the system trusts');

const pem = (label: string) =>
  z
    .string()
    .trim()
    .max(100_000)
    .regex(new RegExp(`^-----BEGIN ${label}-----[\\s\\S]+-----END ${label}-----$`), 'PEM');
const client = z
  .object({
    certificate: authority.describe('The certificate of this installation for the receiver, with what is between'),
    privateKey: pem('[A-Z ]*PRIVATE KEY').describe('Never returned'),
  })
  .nullable()
  .describe('Shown to a receiver that asks for a client certificate; null: none');

export const NewAuditStream = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), name, from: z.enum(['now', 'start']).default('now'), url: httpsUrl }),
  z.object({
    kind: z.literal('syslog'),
    name,
    from: z.enum(['now', 'start']).default('now').describe('From now on, or from the first entry that is kept'),
    host,
    port: port.default(6514),
    ca: ca.default(null),
    client: client.default(null),
  }),
]);
export type NewAuditStream = z.infer<typeof NewAuditStream>;

/** What is absent stays. The kind cannot change. */
const AuditStreamChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webhook'), name, url: httpsUrl.optional() }),
  z.object({ kind: z.literal('syslog'), name, host, port, ca: ca.optional(), client: client.optional() }),
]);
export type AuditStreamChange = z.infer<typeof AuditStreamChange>;

export const AuditStream = z
  .object({
    id: Id,
    name: z.string(),
    kind: z.enum(AUDIT_STREAM_KINDS),
    target: z.string().describe('Host, or host and port; a path may hold a key and is not shown'),
    client: z
      .object({ subject: z.string(), expiresAt: Instant })
      .nullable()
      .describe('The certificate that is shown to the receiver; null: none'),
    createdAt: Instant,
    state: z.enum(STREAM_STATES),
    position: z.int().describe('Place of the last entry that the receiver has'),
    end: z.int().describe('Place of the last entry of the trail'),
    behind: z.int().describe('How many entries wait'),
    waitingSince: Instant.nullable().describe('Time of the first entry that waits; null: none does'),
    lost: z.int().describe('Entries that were deleted before they could be sent'),
    lastSentAt: Instant.nullable(),
    failures: z.int().describe('Failures in a row'),
    lastError: z.object({ at: Instant, sentence: z.string() }).nullable(),
    nextTryAt: Instant.nullable(),
  })
  .meta({ id: 'AuditStream' });
export type AuditStream = z.infer<typeof AuditStream>;

const stream = z.object({ streamId: Id });

export const auditStreamEndpoints = {
  listAuditStreams: endpoint({
    id: 'listAuditStreams',
    method: 'GET',
    path: '/api/v1/audit-streams',
    permission: 'audit.read',
    summary: 'List where the audit trail is sent, and how far each stream came',
    response: z.object({ items: z.array(AuditStream) }),
  }),
  createAuditStream: endpoint({
    id: 'createAuditStream',
    method: 'POST',
    path: '/api/v1/audit-streams',
    permission: 'audit.write',
    summary: 'Send the audit trail to a webhook, or by syslog over TLS',
    body: NewAuditStream,
    response: z.object({
      stream: AuditStream,
      signingSecret: z.string().nullable().describe('Of a webhook; shown once'),
    }),
    status: 201,
  }),
  updateAuditStream: endpoint({
    id: 'updateAuditStream',
    method: 'PUT',
    path: '/api/v1/audit-streams/:streamId',
    permission: 'audit.write',
    summary: 'Update an audit stream; its kind cannot change',
    params: stream,
    body: AuditStreamChange,
    response: AuditStream,
  }),
  setAuditStreamState: endpoint({
    id: 'setAuditStreamState',
    method: 'POST',
    path: '/api/v1/audit-streams/:streamId/state',
    permission: 'audit.write',
    summary: 'Pause or resume an audit stream; entries wait meanwhile',
    params: stream,
    body: z.object({ paused: z.boolean() }),
    response: AuditStream,
  }),
  testAuditStream: endpoint({
    id: 'testAuditStream',
    method: 'POST',
    path: '/api/v1/audit-streams/:streamId/test',
    permission: 'audit.write',
    summary: 'Send a test message to the receiver of an audit stream, now',
    params: stream,
    response: z.object({ received: z.boolean(), error: z.string().nullable() }),
  }),
  deleteAuditStream: endpoint({
    id: 'deleteAuditStream',
    method: 'DELETE',
    path: '/api/v1/audit-streams/:streamId',
    permission: 'audit.write',
    summary: 'Delete an audit stream',
    params: stream,
  }),
} as const;

/** An entry as it is streamed. The same entry has the same `id` and `seq` however often it comes. */
export const AuditStreamEntry = z.object({
  id: z.string(),
  seq: z.int().describe('Place in the chain, without gaps'),
  hash: z.string().describe('Hash of the chain up to this entry'),
  operatorId: Id,
  at: Instant,
  by: z
    .object({
      userId: Id.nullable(),
      name: z.string(),
      address: z.string().nullable(),
      userAgent: z.string().nullable(),
    })
    .describe('Of a person who was erased since, without their name and address'),
  requestId: z.string().nullable(),
  verb: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  change: z.record(z.string(), z.unknown()).describe('Without secrets'),
  before: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditStreamEntry = z.infer<typeof AuditStreamEntry>;

/** The body of a webhook of an audit stream, signed by Standard Webhooks. */
export const AuditStreamPayload = z.discriminatedUnion('type', [
  z.object({ type: z.literal('audit.entries'), streamId: Id, entries: z.array(AuditStreamEntry).min(1) }),
  z.object({ type: z.literal('audit.test'), streamId: Id, at: Instant }),
]);
export type AuditStreamPayload = z.infer<typeof AuditStreamPayload>;
