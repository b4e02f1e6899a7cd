import { z } from 'zod';
import { type UpBody, type UpKind, UP_KIND_TABLE, type UpKindTable } from './up-kinds.ts';
import { AGENT_PROTOCOL_VERSION, Epoch, StreamPosition } from './wire.ts';

const envelope = (kind: string, body: z.ZodType) =>
  z.object({
    v: z.literal(AGENT_PROTOCOL_VERSION),
    epoch: Epoch,
    seq: z.int().min(1),
    /**
     * Position of the message sent before this one. The first message after a connection, a rewind or a long silence
     * has the cloud's last known position here ([0, 0] before anything was acknowledged).
     */
    after: StreamPosition,
    kind: z.literal(kind),
    body,
  });

type Envelope = Omit<z.infer<ReturnType<typeof envelope>>, 'kind' | 'body'>;

/** Everything an agent sends, one message = one row in its outbox. */
export type UpMessage = { [K in UpKind]: Envelope & { kind: K; body: UpBody<K> } }[UpKind];

/** The schema of all messages of a table of kinds. */
export function upMessageSchema(table: UpKindTable) {
  const [first, ...rest] = Object.entries(table).map(([kind, { body }]) => envelope(kind, body));
  if (first === undefined) throw new Error('A table of message kinds must not be empty.');
  return z.discriminatedUnion('kind', [first, ...rest]);
}

export const UpMessage = upMessageSchema(UP_KIND_TABLE) as unknown as z.ZodType<UpMessage>;
