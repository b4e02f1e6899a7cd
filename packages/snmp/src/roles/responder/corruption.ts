import { randomBytes } from 'node:crypto';
import type { MibAnswer, MibRequest } from './mib-answer.ts';
import type { Corruption, SnmpValue } from '../../wire/types.ts';

function otherType(value: SnmpValue): SnmpValue {
  switch (value.type) {
    case 'octets':
    case 'opaque':
      return { type: 'integer', value: value.value.length };
    case 'endOfMibView':
      return value;
    default:
      return { type: 'octets', value: Buffer.from('value' in value ? String(value.value) : value.type) };
  }
}

/** Corrupts the content of an answer: values of other types, or the OIDs of the request again. */
export function corruptAnswer(kind: Corruption, request: MibRequest, answer: MibAnswer): MibAnswer {
  if (kind === 'wrong-type') {
    return { ...answer, varbinds: answer.varbinds.map(({ oid, value }) => ({ oid, value: otherType(value) })) };
  }
  if (kind === 'loop' && request.varbinds.length > 0) {
    const asked = request.varbinds;
    const varbinds = answer.varbinds.map(({ value }, i) => ({ oid: asked[i % asked.length]?.oid ?? '0.0', value }));
    return { ...answer, varbinds };
  }
  return answer;
}

/** Corrupts the octets of an answer: cut in half, or noise of the same length. */
export function corruptBytes(kind: Corruption, bytes: Uint8Array): Uint8Array {
  if (kind === 'truncate') return bytes.subarray(0, bytes.length >> 1);
  return kind === 'garbage' ? randomBytes(bytes.length) : bytes;
}
