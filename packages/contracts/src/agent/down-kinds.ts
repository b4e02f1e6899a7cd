import { z } from 'zod';
import { ActionRequestFields } from './down/action-request.ts';
import { AgentSettings } from './down/agent-settings.ts';
import { GatewayConfigFields } from './down/gateway-config.ts';
import { GatewayMergesFields } from './down/gateway-merges.ts';
import type { UpKind } from './up-kinds.ts';
import { AtMs, StreamPosition } from './wire.ts';

const message = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ v: z.literal(1), kind: z.literal(kind), ...shape });

/** The purpose of a kind of message to an agent. */
interface DownKindSpec {
  /**
   * `stream`: acknowledges and requests the agent's own messages. `desired-state`: sent until the agent reports it, by
   * messages of the kind `reportedBy`. `reply`: the answer to one message of the agent.
   */
  role: 'stream' | 'desired-state' | 'reply';
  reportedBy?: UpKind;
  message: z.ZodType;
}

/** Every kind of message that the cloud sends to one agent. */
export const DOWN_KIND_TABLE = {
  /**
   * Everything up to and including `position` is committed. `rejected`: messages that were quarantined, with the
   * reason; they count as committed and are not sent again. Repeated messages get this answer too: an agent that
   * receives nothing for 15 s sends everything after the last acknowledged position again. May be cumulative, and may
   * arrive late or twice.
   */
  ack: {
    role: 'stream',
    message: message('ack', {
      position: StreamPosition,
      /** The cloud's time when this was sent, ms since the epoch: an agent corrects the times of its readings by it. */
      cloudTimeMs: AtMs.optional(),
      rejected: z
        .array(z.object({ position: StreamPosition, code: z.string(), detail: z.string() }))
        .max(100)
        .optional(),
      /**
       * Gateways whose inventory the cloud lacks or has in another revision than the rejected message used: the agent
       * sends their inventories and full reports again.
       */
      inventoryOf: z.array(z.uuid()).max(1000).optional(),
    }),
  },
  /**
   * A message before the received one is missing: send again from after `position` (the committed position). One
   * request for each message in flight is harmless: the agent follows the same position once a second.
   */
  rewind: { role: 'stream', message: message('rewind', { position: StreamPosition }) },
  /** The database is slow: send no new messages for this long. */
  pause: { role: 'stream', message: message('pause', { forMs: z.int().min(0).max(60_000) }) },
  /**
   * The agent settings, which replace the former ones. Sent while the agent's health reports another `configRevision`
   * than the current one, not only on a change: a broker keeps nothing that was sent before an agent's first
   * connection.
   */
  config: { role: 'desired-state', reportedBy: 'health', message: message('config', { config: AgentSettings }) },
  /** Merged gateways: which record became which. Sent to every agent of their site until it acknowledges them. */
  merges: { role: 'desired-state', reportedBy: 'merged', message: message('merges', GatewayMergesFields) },
  action: { role: 'desired-state', reportedBy: 'action', message: message('action', ActionRequestFields) },
  /** A reviewed change of a gateway's configuration. Sent until the agent reports that it has it (`waiting`). */
  'gateway-config': {
    role: 'desired-state',
    reportedBy: 'gateway-config',
    message: message('gateway-config', GatewayConfigFields),
  },
  certificate: { role: 'reply', message: message('certificate', { certificatePem: z.string(), caPem: z.string() }) },
} as const satisfies Readonly<Record<string, DownKindSpec>>;

type DownKindTable = typeof DOWN_KIND_TABLE;
export type DownKind = keyof DownKindTable;
export const DOWN_KINDS = Object.keys(DOWN_KIND_TABLE) as DownKind[];

/** The kinds of desired state. */
export type DesiredStateKind = {
  [K in DownKind]: DownKindTable[K]['role'] extends 'desired-state' ? K : never;
}[DownKind];
export const DESIRED_STATE_KINDS = DOWN_KINDS.filter(
  (kind): kind is DesiredStateKind => DOWN_KIND_TABLE[kind].role === 'desired-state',
);

/** A message of one kind to an agent, and every kind that is not of the role `stream`. */
export type DownOf<K extends DownKind> = z.infer<DownKindTable[K]['message']>;
export type DownRequest = {
  [K in DownKind]: DownKindTable[K]['role'] extends 'stream' ? never : DownOf<K>;
}[DownKind];
/** The kinds of those messages. */
export const DOWN_REQUEST_KINDS = DOWN_KINDS.filter((kind) => DOWN_KIND_TABLE[kind].role !== 'stream');

/** Everything the cloud sends to one agent. */
export type DownMessage = { [K in DownKind]: DownOf<K> }[DownKind];
const [first, ...rest] = DOWN_KINDS.map((kind) => DOWN_KIND_TABLE[kind].message);
export const DownMessage = z.discriminatedUnion('kind', [first!, ...rest]) as unknown as z.ZodType<DownMessage>;
