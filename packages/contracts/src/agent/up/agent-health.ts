import { z } from 'zod';
import { AtMs, UnreadableCode } from '../wire.ts';

/** An agent target, whether it answers, and the reason a gateway is not readable. */
export const TargetStatus = z.object({
  address: z.string().max(64),
  gatewayId: z.uuid().nullable(),
  reachable: z.boolean().nullable(),
  /** Null where nothing is wrong: `reason` may then give the progress of a search. */
  code: UnreadableCode,
  reason: z.string().max(200).nullable(),
  lastAnswerAt: AtMs.nullable(),
});

export const AgentHealth = z.object({
  at: AtMs,
  version: z.string().max(40),
  hostname: z.string().max(255),
  platform: z.string().max(100),
  startedAt: AtMs,
  rssBytes: z.int(),
  cpuPercent: z.number(),
  outboxMessages: z.int(),
  outboxBytes: z.int(),
  outboxOldestAt: AtMs.nullable(),
  diskFreeBytes: z.int().nullable(),
  /** Revision of the agent settings in force: acknowledges a `config` message. */
  configRevision: z.int(),
  certificateExpiresAt: AtMs,
  pollsOk: z.int(),
  pollsFailed: z.int(),
  pollLagMs: z.int(),
  /**
   * How far the machine's wall clock is ahead of the cloud's time, ms; null: the cloud's time is not known yet. Absent:
   * an agent before 0.2. `at` here and in presence is that wall clock; the times of readings are corrected.
   */
  clockAheadMs: z.int().nullable().optional(),
  notificationsRefused: z.record(z.string().max(60), z.int()),
  /** Syslog lines since the start of the agent. Absent: an agent before 0.2. */
  callRecords: z
    .object({
      /** Null: not listening. */
      port: z.int().nullable(),
      lines: z.int(),
      steps: z.int(),
      /** Call records that could not be read and lines that could not be attributed, by reason. */
      refused: z.record(z.string().max(60), z.int()),
    })
    .optional(),
  targets: z.array(TargetStatus).max(2000),
});
export type AgentHealth = z.infer<typeof AgentHealth>;
