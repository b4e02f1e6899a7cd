import { BerReader, TAG, malformed } from './ber-reader.ts';
import { type BerWriter, sharedWriter } from './ber-writer.ts';
import { decodeOid, encodeOid } from './oid-codec.ts';
import type { Oid, SnmpValue, VarBind } from './types.ts';
import { readIpAddress, readValue, writeValue } from './value-codec.ts';

/** PDU tags (RFC 3416 section 3; the v1 trap: RFC 1157 section 4.1.6). */
export const PDU = {
  get: 0xa0,
  getNext: 0xa1,
  response: 0xa2,
  set: 0xa3,
  trapV1: 0xa4,
  getBulk: 0xa5,
  inform: 0xa6,
  trap: 0xa7,
  report: 0xa8,
} as const;

/** Every PDU except the v1 trap. For GETBULK the two numbers are non-repeaters and max-repetitions. */
export interface Pdu {
  tag: number;
  requestId: number;
  errorStatus: number;
  errorIndex: number;
  /** Stands at the first varbind and ends after the last; not read yet. */
  bindings: BerReader;
}

export interface TrapV1Pdu {
  enterprise: Oid;
  agentAddress: string;
  generic: number;
  specific: number;
  uptimeTicks: number;
  bindings: BerReader;
}

/** Reads a PDU up to its varbinds. Throws SnmpError 'decode'. */
export function readPdu(reader: BerReader): Pdu {
  const tag = reader.peekTag();
  const body = reader.inside(tag);
  const requestId = body.integer();
  const errorStatus = body.integer();
  const errorIndex = body.integer();
  body.end = body.header(TAG.sequence);
  return { tag, requestId, errorStatus, errorIndex, bindings: body };
}

/** Reads a v1 trap up to its varbinds. Throws SnmpError 'decode'. */
export function readTrapV1(reader: BerReader): TrapV1Pdu {
  const body = reader.inside(PDU.trapV1);
  const enterpriseEnd = body.header(TAG.oid);
  const enterprise = decodeOid(body.bytes, body.at, enterpriseEnd);
  body.at = enterpriseEnd;
  const agentAddress = readIpAddress(body);
  const generic = body.natural();
  if (generic > 6) throw malformed('unknown generic trap');
  const specific = body.integer();
  const uptimeTicks = body.unsigned32(TAG.timeticks);
  body.end = body.header(TAG.sequence);
  return { enterprise, agentAddress, generic, specific, uptimeTicks, bindings: body };
}

/** Reads all varbinds of a PDU, with full OIDs. Throws SnmpError 'decode'. */
export function readVarbinds(bindings: BerReader): VarBind[] {
  const varbinds: VarBind[] = [];
  while (bindings.at < bindings.end) {
    const pair = bindings.inside(TAG.sequence);
    const oidEnd = pair.header(TAG.oid);
    const oid = decodeOid(pair.bytes, pair.at, oidEnd);
    pair.at = oidEnd;
    const value = readValue(pair);
    if (pair.at !== pair.end) throw malformed('something behind a value');
    varbinds.push({ oid, value });
  }
  return varbinds;
}

function writeVarbind(writer: BerWriter, oid: Uint8Array, value: SnmpValue): void {
  const mark = writer.mark();
  writeValue(writer, value);
  writer.element(TAG.oid, oid);
  writer.header(TAG.sequence, mark);
}

/** A whole VarBindList. Throws SnmpError 'too-big' and 'limit'. */
export function encodeBindings(varbinds: readonly VarBind[]): Buffer<ArrayBuffer> {
  sharedWriter.reset();
  const mark = sharedWriter.mark();
  for (let i = varbinds.length - 1; i >= 0; i--) {
    const { oid, value } = varbinds[i] as VarBind;
    writeVarbind(sharedWriter, encodeOid(oid), value);
  }
  sharedWriter.header(TAG.sequence, mark);
  return sharedWriter.take();
}

const NULL: SnmpValue = { type: 'null' };

/** A VarBindList that requests these OIDs (content octets). */
export function encodeQuestion(oids: readonly Uint8Array[]): Buffer<ArrayBuffer> {
  sharedWriter.reset();
  const mark = sharedWriter.mark();
  for (let i = oids.length - 1; i >= 0; i--) writeVarbind(sharedWriter, oids[i] as Uint8Array, NULL);
  sharedWriter.header(TAG.sequence, mark);
  return sharedWriter.take();
}

/** The header of a PDU, before its varbinds. */
export interface PduHead {
  tag: number;
  requestId: number;
  errorStatus: number;
  errorIndex: number;
}

/** Writes a PDU around a VarBindList from `encodeBindings`. */
export function writePdu(writer: BerWriter, head: PduHead, bindings: Uint8Array): void {
  const mark = writer.mark();
  writer.raw(bindings);
  writer.integer(head.errorIndex);
  writer.integer(head.errorStatus);
  writer.integer(head.requestId);
  writer.header(head.tag, mark);
}

/** Writes a v1 trap PDU around a VarBindList. */
export function writeTrapV1(writer: BerWriter, trap: Omit<TrapV1Pdu, 'bindings'>, bindings: Uint8Array): void {
  const mark = writer.mark();
  writer.raw(bindings);
  writer.unsigned32(TAG.timeticks, trap.uptimeTicks);
  writer.integer(trap.specific);
  writer.integer(trap.generic);
  writeValue(writer, { type: 'ip', value: trap.agentAddress });
  writer.element(TAG.oid, encodeOid(trap.enterprise));
  writer.header(PDU.trapV1, mark);
}
