import { AGENT_PROTOCOL_VERSION } from '@loopstart/contracts';
import type { Position } from '@loopstart/domain';
import type { OutboxMessage } from '../outbox/reading.ts';

const encoder = new TextEncoder();

/** The message as sent to the cloud. The body's JSON is copied from disk, unparsed. */
export function encodeEnvelope(message: OutboxMessage, after: Position): Uint8Array {
  const [epoch, seq] = message.position;
  const head = encoder.encode(
    `{"v":${AGENT_PROTOCOL_VERSION},"epoch":${epoch},"seq":${seq},"after":[${after[0]},${after[1]}],"kind":"${message.kind}","body":`,
  );
  const bytes = new Uint8Array(head.length + message.body.length + 1);
  bytes.set(head);
  bytes.set(message.body, head.length);
  bytes[bytes.length - 1] = 0x7d; // }
  return bytes;
}
