import type { AgentFacts, GatewayFacts, PortFacts } from './facts.ts';
import { AGENT, GATEWAYS, PORTS } from './objects.ts';
import { objectsOid } from './oids.ts';
import type { MibObject, Syntax, Value } from './syntax.ts';

/** An instance with its value, in the types of SMIv2. */
export interface Instance {
  oid: string;
  value: { type: 'integer' | 'gauge32'; value: number } | { type: 'octets'; value: Uint8Array };
}

/** A gateway with its ports. */
export interface GatewayRow {
  gateway: GatewayFacts;
  ports: readonly PortFacts[];
}

/**
 * Every instance that the agent answers with, in the order of their OIDs: column after column, so that nobody has to sort
 * the tens of thousands that a large site has.
 */
export function instancesOf(enterprise: number, agent: AgentFacts, rows: readonly GatewayRow[]): Instance[] {
  const base = objectsOid(enterprise);
  const gateways = rows.map((row) => ({ ...row, octets: uuidOctets(row.gateway.gatewayId) })).toSorted(byOctets);
  const gatewayRows = gateways.map(({ gateway, octets }) => ({ row: gateway, index: octets.join('.') }));
  const portRows = gateways.flatMap(({ ports, octets }) => {
    const index = octets.join('.');
    return ports
      .toSorted((a, b) => a.position - b.position)
      .map((port) => ({ row: port, index: `${index}.${port.position}` }));
  });
  return [
    ...columns(AGENT.objects, `${base}.${AGENT.arc}`, [{ row: agent, index: '0' }]),
    ...columns(GATEWAYS.objects, `${base}.${GATEWAYS.arc}.1`, gatewayRows),
    ...columns(PORTS.objects, `${base}.${PORTS.arc}.1`, portRows),
  ];
}

function* columns<Row>(
  objects: readonly MibObject<Row>[],
  oid: string,
  rows: readonly { row: Row; index: string }[],
): Generator<Instance> {
  for (const { arc, syntax, index: isIndex, value } of objects) {
    if (isIndex) continue;
    for (const { row, index } of rows) {
      const shown = value(row);
      if (shown !== null) yield { oid: `${oid}.${arc}.${index}`, value: encoded(syntax, shown) };
    }
  }
}

const byOctets = (a: { octets: Uint8Array }, b: { octets: Uint8Array }): number => {
  const at = a.octets.findIndex((octet, index) => octet !== b.octets[index]);
  return at < 0 ? 0 : a.octets[at]! - b.octets[at]!;
};

/** Throws RangeError on a word that the object does not have. */
function encoded(syntax: Syntax, value: NonNullable<Value>): Instance['value'] {
  switch (syntax.base) {
    case 'text':
      return { type: 'octets', value: cut(String(value), syntax.max) };
    case 'uuid':
      return { type: 'octets', value: uuidOctets(String(value)) };
    case 'time':
      return { type: 'octets', value: dateAndTime(Number(value)) };
    case 'integer':
      return { type: 'integer', value: Math.min(syntax.max, Math.max(syntax.min, Number(value))) };
    case 'gauge':
      return { type: 'gauge32', value: Number(value) };
    case 'words': {
      const at = syntax.words.indexOf(String(value));
      if (at < 0) throw new RangeError(`"${value}" is not one of ${syntax.words.join(', ')}`);
      return { type: 'integer', value: at + 1 };
    }
  }
}

const utf8 = new TextEncoder();

/** At most so many octets of UTF-8, never half a character; control characters of a device reach no terminal. */
function cut(text: string, max: number): Uint8Array {
  const plain = text.replaceAll(/\p{Cc}/gu, ' ');
  let octets = utf8.encode(plain);
  if (octets.length <= max) return octets;
  let end = max;
  while (end > 0 && (octets[end]! & 0xc0) === 0x80) end -= 1;
  octets = octets.subarray(0, end);
  return octets;
}

function uuidOctets(uuid: string): Uint8Array {
  const hex = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

/** DateAndTime of SNMPv2-TC (RFC 2579) in UTC: year, month, day, hour, minute, second, tenths, direction, hours, minutes. */
function dateAndTime(atMs: number): Uint8Array {
  const at = new Date(atMs);
  const year = at.getUTCFullYear();
  return Uint8Array.of(
    year >> 8,
    year & 0xff,
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
    Math.floor(at.getUTCMilliseconds() / 100),
    '+'.charCodeAt(0),
    0,
    0,
  );
}
