import { AgentConfig, Target } from '@loopstart/contracts';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './core/json-file.ts';
import { LOG_LEVELS } from './core/logger.ts';
import type { StateFolder } from './core/state-folder.ts';

/** Settings that stand over those from the cloud. */
const Overrides = z.strictObject({
  trapPort: z.int().min(0).max(65_535).optional(),
  /** Address of the interface to listen on for traps; all when left out. */
  trapAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
  /** Relays that forward notifications of gateways and name them in snmpTrapAddress (RFC 3584 section 4.1). */
  trapRelays: z
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
export const Settings = z.strictObject({
  /** Origin of the API; where `enrol` is not told otherwise. */
  apiUrl: z.url().optional(),
  /** Where this machine reaches the broker when that is not where the enrolment said: through a relay of the site. */
  mqttUrl: z.url({ protocol: /^mqtts$/ }).optional(),
  /** The name by which the console shows the machine; its own when left out. */
  hostname: z.string().min(1).max(255).optional(),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  /** Gateways to look after besides those that the cloud names. */
  targets: z.array(Target).max(2_000).default([]),
  overrides: Overrides.default({}),
});
export type Settings = z.infer<typeof Settings>;

/** What is in force: the cloud's config, with the machine's own settings over it. */
export interface EffectiveConfig {
  revision: number;
  targets: Target[];
  trapPort: number;
  trapAddress: string | undefined;
  fullSnapshotIntervalMs: number;
  healthIntervalMs: number;
  outboxBytesMax: number;
  snmpTimeoutMs: number;
  snmpRetries: number;
}

const SNMP_TIMEOUT_MS = 1_500;
const SNMP_RETRIES = 1;

/** Reads the settings once. Throws FileContentError naming the key at fault; no file is no settings. */
export async function readSettings(folder: StateFolder): Promise<Settings> {
  return (await readJsonFile(folder.settings, Settings)) ?? Settings.parse({});
}

/** The last config from the cloud; before the first, an empty one of revision 0. */
export async function readCloudConfig(folder: StateFolder): Promise<AgentConfig> {
  return (await readJsonFile(folder.cloudConfig, AgentConfig)) ?? AgentConfig.parse({ revision: 0, targets: [] });
}

export function writeCloudConfig(folder: StateFolder, config: AgentConfig): Promise<void> {
  return writeJsonFile(folder.cloudConfig, config);
}

/** Puts both together. Targets of the machine come first: where both name an address, the machine's access counts. */
export function effectiveConfig(cloud: AgentConfig, settings: Settings): EffectiveConfig {
  const { overrides } = settings;
  return {
    revision: cloud.revision,
    targets: [...settings.targets, ...cloud.targets],
    trapPort: overrides.trapPort ?? cloud.trapPort,
    trapAddress: overrides.trapAddress,
    fullSnapshotIntervalMs: overrides.fullSnapshotIntervalMs ?? cloud.fullSnapshotIntervalMs,
    healthIntervalMs: overrides.healthIntervalMs ?? cloud.healthIntervalMs,
    outboxBytesMax: overrides.outboxBytesMax ?? cloud.outboxBytesMax,
    snmpTimeoutMs: overrides.snmpTimeoutMs ?? SNMP_TIMEOUT_MS,
    snmpRetries: overrides.snmpRetries ?? SNMP_RETRIES,
  };
}
