import { type BerReader, TAG, malformed } from './ber-reader.ts';
import { type BerWriter, sharedWriter } from './ber-writer.ts';
import { type PduHead, type TrapV1Pdu, writePdu, writeTrapV1 } from './pdu.ts';

/** Numbers of the versions on the wire (RFC 3412 section 6.1). */
export const WIRE_VERSION = { v1: 0, v2c: 1, v3: 3 } as const;

/**
 * Enters a message and reads its version; the reader then stands behind it, inside the message.
 * What follows the message in the datagram is ignored: some agents pad. Throws SnmpError 'decode'.
 */
export function enterMessage(reader: BerReader): number {
  reader.end = reader.header(TAG.sequence);
  const version = reader.integer();
  if (version !== 0 && version !== 1 && version !== 3) throw malformed(`unknown version ${version}`);
  return version;
}

/** The community of a v1/v2c message that has been entered. */
export function readCommunity(reader: BerReader): string {
  return Buffer.from(reader.view(TAG.octets)).toString('utf8');
}

function finish(writer: BerWriter, mark: number, version: number, community: string): Buffer<ArrayBuffer> {
  writer.element(TAG.octets, Buffer.from(community, 'utf8'));
  writer.integer(version);
  writer.header(TAG.sequence, mark);
  return writer.take();
}

/** A whole v1/v2c message. Throws SnmpError 'too-big'. */
export function encodeCommunityMessage(
  version: number,
  community: string,
  head: PduHead,
  bindings: Uint8Array,
): Buffer<ArrayBuffer> {
  sharedWriter.reset();
  const mark = sharedWriter.mark();
  writePdu(sharedWriter, head, bindings);
  return finish(sharedWriter, mark, version, community);
}

/** A whole v1 trap message. Throws SnmpError 'too-big'. */
export function encodeTrapV1Message(
  community: string,
  trap: Omit<TrapV1Pdu, 'bindings'>,
  bindings: Uint8Array,
): Buffer<ArrayBuffer> {
  sharedWriter.reset();
  const mark = sharedWriter.mark();
  writeTrapV1(sharedWriter, trap, bindings);
  return finish(sharedWriter, mark, WIRE_VERSION.v1, community);
}
