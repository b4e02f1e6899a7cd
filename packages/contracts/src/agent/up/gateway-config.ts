import { APPLY_REASON_CODES, APPLY_STATES, APPLY_VERDICTS, HELD_CONFIGURATIONS } from '@loopstart/domain';
import { z } from 'zod';
import { PORTS_MAX } from '../columns.ts';
import { AtMs } from '../wire.ts';

/** Most differences that are listed; `differencesTotal` counts all. */
export const CONFIG_DIFFERENCES_MAX = 50;

/** SHA-256 in hex of a configuration's settings in canonical form, secrets and the vendor's noise left out. */
export const ConfigFingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** A key whose value in the read-back is not the written one, or where that is not known. */
export const ConfigDifference = z.object({
  key: z.string().max(255),
  result: z.enum(['different', 'cannot-tell']),
  /** Null for a secret, and where the key must be absent. */
  expected: z.string().max(500).nullable(),
  /** Null for a secret, and where the key is absent. */
  found: z.string().max(500).nullable(),
  secret: z.boolean(),
});
export type ConfigDifference = z.infer<typeof ConfigDifference>;

/** State of a configuration job; sent with each change of state or reason, the last one again when it is asked for. */
export const GatewayConfigProgress = z.object({
  jobId: z.uuid(),
  gatewayId: z.uuid(),
  revision: z.int().min(0),
  /** When this was decided. */
  at: AtMs,
  state: z.enum(APPLY_STATES),
  /** Since when the job is in this state. */
  since: AtMs,
  reasonCode: z.enum(APPLY_REASON_CODES).nullable(),
  /** The reason in one plain sentence, with the port or the gateway's own words; without secrets. */
  detail: z.string().max(500).nullable(),
  /** Which configuration the gateway has as far as a read-back shows. */
  holds: z.enum(HELD_CONFIGURATIONS),
  /** What caused the end or the revert; null before the change was checked. */
  verdict: z.enum(APPLY_VERDICTS).nullable(),
  /** The window of the job as the agent knows it, so that the cloud need not send it again. */
  windowUntil: AtMs.nullable().optional(),
  evidence: z.object({
    fingerprintBefore: ConfigFingerprint.nullable(),
    fingerprintAfter: ConfigFingerprint.nullable(),
    firmware: z.string().max(128).nullable(),
    differences: z.array(ConfigDifference).max(CONFIG_DIFFERENCES_MAX),
    differencesTotal: z.int().min(0),
    /** Positions of ports by the registration before and after the change; null: not read. */
    registeredBefore: z.array(z.int().min(1).max(PORTS_MAX)).max(PORTS_MAX).nullable(),
    registeredAfter: z.array(z.int().min(1).max(PORTS_MAX)).max(PORTS_MAX).nullable(),
  }),
});
export type GatewayConfigProgress = z.infer<typeof GatewayConfigProgress>;
