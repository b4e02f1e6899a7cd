import { AgentSettings, Target } from '@loopstart/contracts';
import { z } from 'zod';
import { SnmpFaceSettings } from './snmp-face/settings.ts';
import { readJsonFile, writeJsonFile } from './core/json-file.ts';
import { LOG_LEVELS } from './core/logger.ts';
import type { StateFolder } from './core/state-folder.ts';

/** Settings of the machine that take precedence over the agent settings of the cloud. */
const Overrides = z.strictObject({
  trapPort: z.int().min(0).max(65_535).optional(),
  /** Address of the interface to listen on for traps; default: all. */
  trapAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
  /** Relays that forward notifications of gateways and name them in snmpTrapAddress (RFC 3584 section 4.1). */
  trapRelays: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(100)
    .optional(),
  /** Port for call records by syslog, over UDP and TCP; null: none. */
  syslogPort: z.int().min(0).max(65_535).nullable().optional(),
  /** Address of the interface to listen on for call records; default: all. */
  syslogAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
  /** Relays that forward syslog messages of gateways, with the address of the gateway as the host (RFC 5424, 3164). */
  syslogRelays: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .max(100)
    .optional(),
  fullSnapshotIntervalMs: z.int().min(1_000).optional(),
  healthIntervalMs: z.int().min(1_000).optional(),
  outboxBytesMax: z.int().min(1_048_576).optional(),
  /** How long one SNMP request waits for its answer, and how often it is repeated. */
  snmpTimeoutMs: z.int().min(100).max(30_000).optional(),
  snmpRetries: z.int().min(0).max(5).optional(),
});

/** The operator's settings on the machine: `agent.json` in the state folder. Unknown keys are refused. */
export const MachineSettings = z.strictObject({
  /** Origin of the API; used where `enrol` is given no other. */
  apiUrl: z.url().optional(),
  /** The broker's address for this machine when it is not that of the enrolment: a relay of the site. */
  mqttUrl: z.url({ protocol: /^mqtts$/ }).optional(),
  /** The machine's name in the console; default: its own. */
  hostname: z.string().min(1).max(255).optional(),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  /** Gateways to monitor besides the cloud's targets. */
  targets: z.array(Target).max(2_000).default([]),
  overrides: Overrides.default({}),
  /** Answers the operator's network management over SNMP; absent: it does not listen. */
  snmp: SnmpFaceSettings.optional(),
  /**
   * Port, and address of the interface, where gateways fetch the configuration that a job writes; absent: none, and
   * jobs for gateways that fetch theirs are refused.
   */
  configServer: z
    .strictObject({ port: z.int().min(1).max(65_535), address: z.union([z.ipv4(), z.ipv6()]).optional() })
    .optional(),
});
export type MachineSettings = z.infer<typeof MachineSettings>;

/** The settings in force: the agent settings of the cloud, with the machine's own over them. */
export interface EffectiveSettings {
  revision: number;
  targets: Target[];
  trapPort: number;
  trapAddress: string | undefined;
  syslogPort: number | null;
  syslogAddress: string | undefined;
  fullSnapshotIntervalMs: number;
  healthIntervalMs: number;
  outboxBytesMax: number;
  certificateStaleBeforeMs: number | null;
  snmpTimeoutMs: number;
  snmpRetries: number;
}

const SNMP_TIMEOUT_MS = 1_500;
const SNMP_RETRIES = 1;

/** Reads the settings once. Throws FileContentError with the invalid key; without a file there are no settings. */
export async function readMachineSettings(folder: StateFolder): Promise<MachineSettings> {
  return (await readJsonFile(folder.settings, MachineSettings)) ?? MachineSettings.parse({});
}

/** The last agent settings from the cloud; before the first, empty ones of revision 0. */
export async function readAgentSettings(folder: StateFolder): Promise<AgentSettings> {
  return (await readJsonFile(folder.agentSettings, AgentSettings)) ?? AgentSettings.parse({ revision: 0, targets: [] });
}

export function writeAgentSettings(folder: StateFolder, settings: AgentSettings): Promise<void> {
  return writeJsonFile(folder.agentSettings, settings);
}

/** Merges both. Targets of the machine come first: where both name an address, the machine's access counts. */
export function effectiveSettings(cloud: AgentSettings, machine: MachineSettings): EffectiveSettings {
  const { overrides } = machine;
  return {
    revision: cloud.revision,
    targets: [...machine.targets, ...cloud.targets],
    trapPort: overrides.trapPort ?? cloud.trapPort,
    trapAddress: overrides.trapAddress,
    syslogPort: overrides.syslogPort === undefined ? cloud.syslogPort : overrides.syslogPort,
    syslogAddress: overrides.syslogAddress,
    fullSnapshotIntervalMs: overrides.fullSnapshotIntervalMs ?? cloud.fullSnapshotIntervalMs,
    healthIntervalMs: overrides.healthIntervalMs ?? cloud.healthIntervalMs,
    outboxBytesMax: overrides.outboxBytesMax ?? cloud.outboxBytesMax,
    certificateStaleBeforeMs: cloud.certificateStaleBeforeMs,
    snmpTimeoutMs: overrides.snmpTimeoutMs ?? SNMP_TIMEOUT_MS,
    snmpRetries: overrides.snmpRetries ?? SNMP_RETRIES,
  };
}
