import { z } from 'zod';
import { ActionRequestFields } from './down/action-request.ts';
import { AgentSettings } from './down/agent-settings.ts';
import { GatewayMergesFields } from './down/gateway-merges.ts';
import type { UpKind } from './up-kinds.ts';
import { AtMs, StreamPosition } from './wire.ts';

const message = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ v: z.literal(1), kind: z.literal(kind), ...shape });

/** What a kind of message to an agent is for. */
interface DownKindSpec {
  /**
   * `stream`: the bookkeeping of the agent's messages. `desired-state`: sent until the agent reports it, by messages of
   * the kind `reportedBy`. `reply`: the answer to one message of the agent.
   */
  role: 'stream' | 'desired-state' | 'reply';
  reportedBy?: UpKind;
  message: z.ZodType;
}

/** Every kind of message that the cloud sends to one agent. */
export const DOWN_KIND_TABLE = {
  /**
   * Everything up to and including `position` is committed. `rejected`: messages that were quarantined, and why; they
   * count as committed and are not sent again. Answer repetitions with it too: an agent that receives nothing for 15 s
   * sends everything after the last acknowledged position again. May be cumulative and may come late or twice.
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
       * Gateways of which the cloud lacks the inventory, or has another revision than what was rejected was made for:
       * their inventories and full reports are to be sent again.
       */
      inventoryOf: z.array(z.uuid()).max(1000).optional(),
    }),
  },
  /**
   * Something before what was sent is missing: send again from after `position` (what is committed). Repeating it for
   * each message that was on its way is harmless: the same position is followed once a second.
   */
  rewind: { role: 'stream', message: message('rewind', { position: StreamPosition }) },
  /** The database is slow: hold new messages for this long. */
  pause: { role: 'stream', message: message('pause', { forMs: z.int().min(0).max(60_000) }) },
  /**
   * The agent settings, which replace those before. Sent while the agent's health names another `configRevision` than
   * the present, not only when they change: a broker keeps nothing that was sent before an agent's first connection.
   */
  config: { role: 'desired-state', reportedBy: 'health', message: message('config', { config: AgentSettings }) },
  /** Which gateways turned out to be others. Sent to every agent of their site until it acknowledges them. */
  merges: { role: 'desired-state', reportedBy: 'merged', message: message('merges', GatewayMergesFields) },
  action: { role: 'desired-state', reportedBy: 'action', message: message('action', ActionRequestFields) },
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

/** A message to an agent of one kind, and all of those that are not the bookkeeping of its own messages. */
export type DownOf<K extends DownKind> = z.infer<DownKindTable[K]['message']>;
export type DownRequest = {
  [K in DownKind]: DownKindTable[K]['role'] extends 'stream' ? never : DownOf<K>;
}[DownKind];
/** The kinds of those requests. */
export const DOWN_REQUEST_KINDS = DOWN_KINDS.filter((kind) => DOWN_KIND_TABLE[kind].role !== 'stream');

/** What the cloud sends to one agent. */
export type DownMessage = { [K in DownKind]: DownOf<K> }[DownKind];
const [first, ...rest] = DOWN_KINDS.map((kind) => DOWN_KIND_TABLE[kind].message);
export const DownMessage = z.discriminatedUnion('kind', [first!, ...rest]) as unknown as z.ZodType<DownMessage>;
