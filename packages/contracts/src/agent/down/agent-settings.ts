import { z } from 'zod';
import { AtMs } from '../wire.ts';

/** SNMP access of a target. Secrets: encrypted at rest in the cloud, only ever sent over mutual TLS. */
export const SnmpAccess = z.discriminatedUnion('version', [
  z.object({
    version: z.enum(['v1', 'v2c']),
    community: z.string().min(1).max(128),
    writeCommunity: z.string().min(1).max(128).optional(),
  }),
  z.object({
    version: z.literal('v3'),
    user: z.string().min(1).max(64),
    level: z.enum(['noAuthNoPriv', 'authNoPriv', 'authPriv']),
    authProtocol: z.enum(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']).optional(),
    authPassphrase: z.string().min(8).max(128).optional(),
    privProtocol: z.enum(['des', 'aes128', 'aes192', 'aes256']).optional(),
    privPassphrase: z.string().min(8).max(128).optional(),
  }),
]);
export type SnmpAccess = z.infer<typeof SnmpAccess>;

/** The largest range of a target: a /22 has 1,022 addresses. */
export const TARGET_PREFIX_MIN = 22;
/**
 * Maximum number of addresses in all targets of one agent: sixteen of the largest ranges. Searched 128 at a time with
 * two attempts of a second each, they take about four minutes where no address answers.
 */
export const TARGET_ADDRESSES_MAX = 16_352;

/** Number of addresses in a target: of a range all possible hosts, otherwise one. */
export function targetAddressCount(address: string): number {
  const prefix = Number(/^[\d.]+\/(\d{1,2})$/.exec(address)?.[1] ?? 32);
  if (prefix >= 31) return prefix > 32 ? 1 : 2 ** (32 - prefix);
  return 2 ** (32 - prefix) - 2;
}

/** Where an agent searches for gateways: one address, or a range in CIDR notation (at most a /22). */
export const Target = z.object({
  id: z.string().min(1).max(64),
  address: z.string().min(1).max(64).describe('IPv4 or IPv6 address, host name, or IPv4 CIDR range of at most /22'),
  port: z.int().min(1).max(65535).default(161),
  access: SnmpAccess,
  /** Poll interval; null uses the driver's. */
  pollIntervalMs: z.int().min(1000).max(3_600_000).nullable().default(null),
});
export type Target = z.infer<typeof Target>;

/** The settings of one agent: its targets, and how it works. On the wire: `config`. */
export const AgentSettings = z.object({
  revision: z.int().min(0),
  targets: z.array(Target).max(2000),
  /** Port for traps and informs; 162 needs a capability, which the systemd unit grants. */
  trapPort: z.int().min(0).max(65535).default(162),
  /** Port for call records by syslog, over UDP and TCP; null: none. 514 needs the same capability. */
  syslogPort: z.int().min(0).max(65535).nullable().default(514),
  fullSnapshotIntervalMs: z.int().min(10_000).default(900_000),
  healthIntervalMs: z.int().min(5_000).default(30_000),
  outboxBytesMax: z.int().min(1_048_576).default(268_435_456),
  /** A certificate that begins before this is renewed now, and not when it is due; null: as planned. */
  certificateStaleBeforeMs: AtMs.nullable().default(null),
});
export type AgentSettings = z.infer<typeof AgentSettings>;
