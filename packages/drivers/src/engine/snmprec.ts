import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import { compareOids, oidStartsWith } from '@loopstart/snmp';
import type { Answers } from './source.ts';
import type { SnmpReads } from './plan.ts';

/**
 * Reads a recording in snmpsim's .snmprec form: one `OID|tag|value` a line, tag = ASN.1 tag number, with an `x` where
 * the value is hexadecimal. Never throws: other lines (blank, comments, variation modules, values that do not fit their
 * tag) are skipped. The last line for an OID counts.
 */
export function parseSnmprec(text: string): VarBind[] {
  const found = new Map<Oid, SnmpValue>();
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*\.?(\d+(?:\.\d+)+)\|(\d+)(x?)\|(.*)$/.exec(line);
    if (match === null) continue;
    const [, oid = '', tag = '', hex = '', content = ''] = match;
    const value = parseValue(Number(tag), hex !== '', content);
    if (value !== undefined) found.set(oid, value);
  }
  return [...found].map(([oid, value]) => ({ oid, value })).sort((a, b) => compareOids(a.oid, b.oid));
}

function parseValue(tag: number, hex: boolean, content: string): SnmpValue | undefined {
  switch (tag) {
    case 2:
      return numeric('integer', content, -2_147_483_648, 2_147_483_647);
    case 4:
    case 68: {
      const value = hex ? fromHex(content) : new TextEncoder().encode(content);
      return value && { type: tag === 4 ? 'octets' : 'opaque', value };
    }
    case 5:
      return { type: 'null' };
    case 6:
      return /^\.?\d+(?:\.\d+)*$/.test(content.trim())
        ? { type: 'oid', value: content.trim().replace(/^\./, '') }
        : undefined;
    case 64: {
      const octets = hex ? fromHex(content) : undefined;
      const address = octets?.length === 4 ? octets.join('.') : content.trim();
      return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) ? { type: 'ip', value: address } : undefined;
    }
    case 65:
      return numeric('counter32', content, 0, 4_294_967_295);
    case 66:
      return numeric('gauge32', content, 0, 4_294_967_295);
    case 67:
      return numeric('timeticks', content, 0, 4_294_967_295);
    case 70:
      return /^\s*\d{1,20}\s*$/.test(content) ? { type: 'counter64', value: BigInt(content.trim()) } : undefined;
    default:
      return undefined;
  }
}

function numeric(
  type: 'integer' | 'counter32' | 'gauge32' | 'timeticks',
  content: string,
  min: number,
  max: number,
): SnmpValue | undefined {
  if (!/^\s*-?\d+\s*$/.test(content)) return undefined;
  const value = Number(content);
  return value >= min && value <= max ? { type, value } : undefined;
}

function fromHex(content: string): Uint8Array | undefined {
  const digits = content.replace(/\s/g, '');
  return digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits)
    ? Uint8Array.from(Buffer.from(digits, 'hex'))
    : undefined;
}

/** What an agent with these values would have answered to a plan. */
export function answersFrom(recording: readonly VarBind[], plan: SnmpReads): Answers {
  const values = new Map(recording.map(({ oid, value }) => [oid, value]));
  const scalars: Answers['scalars'] = new Map();
  for (const oid of plan.scalars) {
    const value = values.get(oid);
    if (value !== undefined) scalars.set(oid, value);
  }
  const columns: Answers['columns'] = new Map();
  for (const { columns: oids, rowsMax } of plan.tables) {
    for (const column of oids) {
      const cells = new Map<string, SnmpValue>();
      for (const { oid, value } of recording) {
        if (cells.size >= rowsMax) break;
        if (oid !== column && oidStartsWith(oid, column)) cells.set(oid.slice(column.length + 1), value);
      }
      if (cells.size > 0) columns.set(column, cells);
    }
  }
  return { scalars, columns };
}
