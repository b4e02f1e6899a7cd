import { CHAIN_BREAKS } from '@loopstart/domain';
import { z } from 'zod';
import { auditFilters } from './audit.ts';
import { endpoint, fileEndpoint } from './endpoint.ts';
import { Instant } from './fields.ts';

const Place = z.object({ seq: z.int(), at: Instant });

/** What a verification of the audit trail found. */
export const AuditVerification = z
  .object({
    verdict: z.enum(['unbroken', 'broken', 'empty']),
    entries: z.int().describe('Entries that were verified'),
    first: Place.nullable(),
    last: Place.nullable(),
    deletedUpTo: z.int().nullable().describe('The last entry that was deleted because of its age; null: none was'),
    beforeChain: z.int().describe('Entries from before there was a chain: nothing shows whether they were changed'),
    erased: z.int().describe('Entries of which parts were erased, as is on record'),
    heads: z
      .object({
        matching: z.int(),
        total: z.int(),
        lastSeq: z.int().nullable(),
        lastAt: Instant.nullable(),
        keyId: z.string(),
      })
      .describe('Signed heads. What came after the last is vouched for by the chain alone'),
    breaks: z
      .array(
        z.object({
          kind: z.enum(CHAIN_BREAKS),
          seq: z.int(),
          entryId: z.string().nullable(),
          at: Instant.nullable(),
          count: z.int().nullable().describe('How many entries'),
        }),
      )
      .describe('The first breaks, by place'),
    breaksTotal: z.int(),
  })
  .meta({ id: 'AuditVerification' });
export type AuditVerification = z.infer<typeof AuditVerification>;

/** How long the trail is kept. */
export const AuditRetention = z
  .object({
    months: z.int().min(12).max(240).nullable().describe('Null: as long as the installation keeps it'),
    installationMonths: z.int(),
  })
  .meta({ id: 'AuditRetention' });
export type AuditRetention = z.infer<typeof AuditRetention>;

export const auditChainEndpoints = {
  getAuditVerification: endpoint({
    id: 'getAuditVerification',
    method: 'GET',
    path: '/api/v1/audit/verification',
    permission: 'audit.read',
    summary: 'Verify the whole audit trail: whether an entry was changed, moved or deleted since it was written',
    response: AuditVerification,
  }),
  getAuditRetention: endpoint({
    id: 'getAuditRetention',
    method: 'GET',
    path: '/api/v1/audit/retention',
    permission: 'audit.read',
    summary: 'Get how long audit entries are kept',
    response: AuditRetention,
  }),
  setAuditRetention: endpoint({
    id: 'setAuditRetention',
    method: 'PUT',
    path: '/api/v1/audit/retention',
    permission: 'audit.write',
    summary: 'Set how long audit entries are kept',
    body: AuditRetention.pick({ months: true }),
    response: AuditRetention,
  }),
  exportAuditFile: fileEndpoint({
    id: 'exportAuditFile',
    path: '/api/v1/audit/file',
    permission: 'audit.read',
    summary: 'Export the audit entries that match as NDJSON with their chain, for verification without Loopstart',
    query: z.object(auditFilters),
    media: 'application/x-ndjson',
  }),
  getAuditKeys: endpoint({
    id: 'getAuditKeys',
    method: 'GET',
    path: '/api/v1/audit/keys',
    permission: 'public',
    summary: 'Get the public keys (ed25519) whose signatures are on the heads of audit trails',
    response: z.object({ keys: z.array(z.object({ id: z.string(), publicKey: z.string().describe('SPKI, PEM') })) }),
  }),
} as const;
