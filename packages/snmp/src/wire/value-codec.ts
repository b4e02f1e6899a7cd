import { type BerReader, TAG, malformed } from './ber-reader.ts';
import type { BerWriter } from './ber-writer.ts';
import { SnmpError } from './errors.ts';
import { decodeOid, encodeOid } from './oid-codec.ts';
import type { SnmpValue } from './types.ts';

const OCTET_LOOP_MAX = 32;

/** A copy that does not keep the datagram in memory. */
function copyOf(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const copy = new Uint8Array(to - from);
  if (copy.length > OCTET_LOOP_MAX) copy.set(bytes.subarray(from, to));
  else for (let i = 0; i < copy.length; i++) copy[i] = bytes[from + i] as number;
  return copy;
}

/** Reads one value of a varbind. Throws SnmpError 'decode'. */
export function readValue(reader: BerReader): SnmpValue {
  const tag = reader.peekTag();
  switch (tag) {
    case TAG.integer:
      return { type: 'integer', value: reader.integer() };
    case TAG.octets:
    case TAG.opaque: {
      const end = reader.header(tag);
      const value = copyOf(reader.bytes, reader.at, end);
      reader.at = end;
      return { type: tag === TAG.octets ? 'octets' : 'opaque', value };
    }
    case TAG.oid: {
      const end = reader.header(tag);
      const value = decodeOid(reader.bytes, reader.at, end);
      reader.at = end;
      return { type: 'oid', value };
    }
    case TAG.ip:
      return { type: 'ip', value: readIpAddress(reader) };
    case TAG.counter32:
      return { type: 'counter32', value: reader.unsigned32(tag) };
    case TAG.gauge32:
    case TAG.uinteger32: // RFC 1442, obsolete; the same thing
      return { type: 'gauge32', value: reader.unsigned32(tag) };
    case TAG.timeticks:
      return { type: 'timeticks', value: reader.unsigned32(tag) };
    case TAG.counter64:
      return { type: 'counter64', value: reader.counter64() };
    case TAG.null:
      reader.empty(tag);
      return { type: 'null' };
    case TAG.noSuchObject:
      reader.empty(tag);
      return { type: 'noSuchObject' };
    case TAG.noSuchInstance:
      reader.empty(tag);
      return { type: 'noSuchInstance' };
    case TAG.endOfMibView:
      reader.empty(tag);
      return { type: 'endOfMibView' };
    default:
      throw malformed(`unknown type ${tag.toString(16)}`);
  }
}

/** IpAddress, dotted. */
export function readIpAddress(reader: BerReader): string {
  const octets = reader.view(TAG.ip);
  if (octets.length !== 4) throw malformed(`IP address of ${octets.length} octets`);
  return octets.join('.');
}

/** Writes one value of a varbind. Throws SnmpError 'limit' for a value that its type cannot hold. */
export function writeValue(writer: BerWriter, value: SnmpValue): void {
  switch (value.type) {
    case 'integer':
      return writer.integer(value.value);
    case 'counter32':
    case 'gauge32':
    case 'timeticks':
      return writer.unsigned32(TAG[value.type], value.value);
    case 'counter64':
      return writer.counter64(value.value);
    case 'octets':
    case 'opaque':
      return writer.element(TAG[value.type], value.value);
    case 'oid':
      return writer.element(TAG.oid, encodeOid(value.value));
    case 'ip':
      return writer.element(TAG.ip, ipOctets(value.value));
    default:
      return writer.header(TAG[value.type], writer.mark());
  }
}

function ipOctets(address: string): Uint8Array {
  const octets = address.split('.').map(Number);
  if (octets.length !== 4 || octets.some((octet) => !Number.isInteger(octet) || octet < 0 || octet > 255)) {
    throw new SnmpError('limit', `not an IPv4 address: '${address.slice(0, 40)}'`);
  }
  return Uint8Array.from(octets);
}
