import { APPLY_PURPOSES } from '@loopstart/domain';
import { z } from 'zod';
import { PORTS_MAX } from '../columns.ts';
import { AtMs } from '../wire.ts';

/** Most changes of one job: the settings of a gateway with 288 ports, five for each, and some of the gateway itself. */
export const CONFIG_CHANGES_MAX = 2_000;
/** Longest value of a key, in characters: dial plans have up to 2,047 (Cisco SPA). */
export const CONFIG_VALUE_MAX = 4_096;
/** Longest wait for a confirmation. A Cisco SPA waits up to a minute for idle lines, then restarts. */
export const CONFIRM_WITHIN_MS_MAX = 3_600_000;

/** A key of the vendor's own configuration language, as `packages/drivers/src/config-formats` names it. */

const Key = z.string().min(1).max(255);

const Port = z.int().min(1).max(65_535);

/**
 * For a secret: its present value as it was written last, to write it back where the gateway does not give it out. Null
 * or absent: not known, and the change is refused where the gateway hides it.
 */
const Former = z.string().max(CONFIG_VALUE_MAX).nullable().optional();

/** One change of a key as it was reviewed. Keys that are not named are left as they are. */
export const ConfigChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('set'),
    key: Key,
    value: z.string().max(CONFIG_VALUE_MAX),
    /** The value is a secret: never logged, never sent back, and not expected in a read-back. */
    secret: z.boolean().optional(),
    former: Former,
  }),
  z.object({ kind: z.literal('remove'), key: Key, secret: z.boolean().optional(), former: Former }),
]);
export type ConfigChange = z.infer<typeof ConfigChange>;

/** How a gateway is reached for a change, and its login. Encrypted at rest in the cloud; sent only when a job is due. */
export const ConfigAccess = z.object({
  user: z.string().max(128).nullable(),
  password: z.string().max(255).nullable(),
  /** Second password for the privileged mode of a command line (Cisco IOS `enable`). */
  enablePassword: z.string().max(255).nullable().optional(),
  /** Digest login with which the gateway challenges a SIP NOTIFY; null: it does not challenge. */
  sip: z
    .object({ user: z.string().max(128), password: z.string().max(255) })
    .nullable()
    .optional(),
  /** Ports where they are not the standard ones. */
  ports: z.object({ ssh: Port, http: Port, https: Port, sip: Port }).partial().optional(),
  /**
   * SHA-256 of the gateway's TLS certificate in hex; null or absent: pinned on first use. Only for HTTPS.
   */
  certificateSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .optional(),
});
export type ConfigAccess = z.infer<typeof ConfigAccess>;

/**
 * A reviewed change of one gateway's configuration. The agent keeps it on disk, applies it once, and confirms or reverts
 * it by itself, with the cloud or without. Safe to receive twice. The same job with `withdrawn` ends it where nothing
 * was written yet.
 */
export const GatewayConfigFields = {
  jobId: z.uuid(),
  gatewayId: z.uuid(),
  /** The reviewed revision of the gateway's configuration. */
  revision: z.int().min(0),
  purpose: z.enum(APPLY_PURPOSES),
  withdrawn: z.boolean().optional(),
  /** What the change was reviewed for: anything else that answers is refused. Null: not known then, not compared. */
  expects: z.object({
    driverId: z.string().max(64),
    model: z.string().max(128).nullable(),
    firmware: z.string().max(128).nullable(),
    macAddress: z.string().max(32).nullable(),
    serialNumber: z.string().max(128).nullable(),
  }),
  /** In order; empty for the purpose `read`. */
  changes: z.array(ConfigChange).max(CONFIG_CHANGES_MAX),
  /** What the cloud knows of every port of the gateway. */
  ports: z
    .array(
      z.object({
        position: z.int().min(1).max(PORTS_MAX),
        portKey: z.string().max(160).nullable(),
        lineDeviceClass: z.string().max(40),
        /** An emergency call, or the call-back time after one, is on the port. */
        emergencyHold: z.boolean(),
        /** The line must be registered after the change, whether it was before or not. */
        mustRegister: z.boolean(),
      }),
    )
    .max(PORTS_MAX),
  /** A person confirmed that the life-safety lines of the gateway may be interrupted by this change. */
  lifeSafetyConfirmed: z.boolean(),
  /** A person's reason to change it although it is unknown whether its lines are idle; null: no override. */
  overrideReason: z.string().max(500).nullable(),
  /**
   * A person accepts that, on a model that reports no registration, the read-back alone proves the change. Absent: the
   * change of such a model is refused.
   */
  acceptsReadBack: z.boolean().optional(),
  /** Keys without which an emergency call does not get out: their values before, predicted and after the change. */
  emergency: z
    .array(z.object({ key: Key, match: z.enum(['equals', 'includes']), value: z.string().max(CONFIG_VALUE_MAX) }))
    .max(100),
  notBefore: AtMs,
  /**
   * It begins before this, or waits until the job comes again with another one; null or absent: at any time. The job that
   * comes again is the same in everything else.
   */
  windowUntil: AtMs.nullable().optional(),
  /** When the job is given up where nothing was written yet. */
  expiresAt: AtMs,
  /** Time from the write to the confirmation; longer waits revert. At least the model's own limit is used. */
  confirmWithinMs: z.int().min(10_000).max(CONFIRM_WITHIN_MS_MAX),
  /** Gateways that stand in for each other; never two of them at once. */
  redundancyGroup: z.uuid().nullable(),
  /** The other gateways of the redundancy group; each that this agent reads must be in service before the change. */
  peers: z.array(z.uuid()).max(64),
  access: ConfigAccess.nullable(),
  /** The vendor's own address of the SIP server to ask whether it answers, as `host` or `host:port`; null: not asked. */
  sipServer: z.string().max(128).nullable(),
};
