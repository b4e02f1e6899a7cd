import { z } from 'zod';
import { Inventory } from './inventory.ts';
import { ActionProgress } from './up/action-progress.ts';
import { ActiveAlarms } from './up/active-alarms.ts';
import { AgentHealth } from './up/agent-health.ts';
import { CallSteps } from './up/call-events.ts';
import { Gap } from './up/gap.ts';
import { GatewayConfigProgress } from './up/gateway-config.ts';
import { GatewayEvent } from './up/gateway-event.ts';
import { MergesDone } from './up/merges-done.ts';
import { Reachability } from './up/reachability.ts';
import { Report } from './up/report.ts';
import { RunningConfig } from './up/running-config.ts';
import { Unchanged } from './up/unchanged.ts';

/**
 * Lanes of the agent's outbox, in the order of eviction. `telemetry`: the next poll replaces it; `inventory`: a later
 * one of the same gateway replaces it; `lasting`: nothing replaces it.
 */
export const OUTBOX_LANES = ['telemetry', 'inventory', 'lasting'] as const;
export type OutboxLane = (typeof OUTBOX_LANES)[number];

/** The definition of a message kind: what is needed to send, store and check it. */
export interface UpKindSpec {
  body: z.ZodType;
  lane: OutboxLane;
  /**
   * The kind's number in a frame on an agent's disk, 0 to 255. Never changed and never reused, or old outboxes are
   * misread.
   */
  diskCode: number;
}
export type UpKindTable = Readonly<Record<string, UpKindSpec>>;

/** Every kind of message that an agent sends. A new kind is one entry here; see CONTRIBUTING, "Add an agent message kind". */
export const UP_KIND_TABLE = {
  inventory: { body: Inventory, lane: 'inventory', diskCode: 3 },
  reports: { body: z.object({ reports: z.array(Report).min(1).max(500) }), lane: 'telemetry', diskCode: 0 },
  unchanged: { body: Unchanged, lane: 'telemetry', diskCode: 1 },
  reachability: { body: Reachability, lane: 'lasting', diskCode: 4 },
  events: { body: z.object({ events: z.array(GatewayEvent).min(1).max(200) }), lane: 'lasting', diskCode: 5 },
  health: { body: AgentHealth, lane: 'telemetry', diskCode: 2 },
  gap: { body: Gap, lane: 'lasting', diskCode: 6 },
  action: { body: ActionProgress, lane: 'lasting', diskCode: 7 },
  /** Requests a new certificate for the same agent; answered by `certificate`. */
  renew: { body: z.object({ csrPem: z.string().max(8192) }), lane: 'lasting', diskCode: 8 },
  /** Acknowledges `merges`: they are on disk, and every message after this one uses the new ids. */
  merged: { body: MergesDone, lane: 'lasting', diskCode: 9 },
  alarms: { body: ActiveAlarms, lane: 'telemetry', diskCode: 10 },
  calls: { body: CallSteps, lane: 'lasting', diskCode: 11 },
  'gateway-config': { body: GatewayConfigProgress, lane: 'lasting', diskCode: 12 },
  /** Precedes the progress of the job during which it was read. */
  'running-config': { body: RunningConfig, lane: 'lasting', diskCode: 13 },
} as const satisfies UpKindTable;

export type UpKind = keyof typeof UP_KIND_TABLE;
export const UP_KINDS = Object.keys(UP_KIND_TABLE) as UpKind[];

/** The body of a kind as it is sent, and as it is after the check. */
export type UpBodyInput<K extends UpKind> = z.input<(typeof UP_KIND_TABLE)[K]['body']>;
export type UpBody<K extends UpKind> = z.output<(typeof UP_KIND_TABLE)[K]['body']>;

/** The kind of each disk code; a code without a kind is absent. Throws where two kinds have the same code. */
export function kindsByDiskCode<K extends string>(table: Readonly<Record<K, UpKindSpec>>): readonly (K | undefined)[] {
  const kinds: (K | undefined)[] = [];
  for (const [kind, { diskCode }] of Object.entries<UpKindSpec>(table) as [K, UpKindSpec][]) {
    const other = kinds[diskCode];
    if (other !== undefined) throw new Error(`The kinds ${other} and ${kind} both have disk code ${diskCode}.`);
    if (!Number.isInteger(diskCode) || diskCode < 0 || diskCode > 255)
      throw new Error(`The kind ${kind} has disk code ${diskCode}, which does not fit one byte.`);
    kinds[diskCode] = kind;
  }
  return kinds;
}
