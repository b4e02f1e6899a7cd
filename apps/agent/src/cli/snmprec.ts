import type { SnmpValue, VarBind } from '@loopstart/snmp';

/** ASN.1 tags as snmpsim writes them (X.690; RFC 2578 for the application types). */
const TAGS: Readonly<Partial<Record<SnmpValue['type'], number>>> = {
  integer: 2,
  octets: 4,
  oid: 6,
  ip: 64,
  counter32: 65,
  gauge32: 66,
  timeticks: 67,
  opaque: 68,
  counter64: 70,
};

/** One line of a recording in snmpsim's .snmprec form; null for what is no value. */
export function snmprecLine({ oid, value }: VarBind): string | null {
  const tag = TAGS[value.type];
  if (tag === undefined || !('value' in value)) return null;
  if (!(value.value instanceof Uint8Array)) return `${oid}|${tag}|${value.value}`;
  const isText = value.type === 'octets' && value.value.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isText
    ? `${oid}|${tag}|${Buffer.from(value.value).toString('latin1')}`
    : `${oid}|${tag}x|${Buffer.from(value.value).toString('hex')}`;
}
