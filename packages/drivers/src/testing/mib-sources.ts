import type { MibObject } from './mib-objects.ts';

const OCTETS: ReadonlySet<string> = new Set(['DisplayString', 'SnmpAdminString', 'OCTET STRING']);
const COUNTS: ReadonlySet<string> = new Set(['Counter', 'Counter32', 'Counter64']);

/**
 * The readable objects of a MIB module as lines for a driver: a type with a meaning of its own gets its codec; the
 * author of the driver maps each word of an enumeration to one of ours.
 */
export function mibSources(objects: readonly MibObject[]): string {
  const columns = new Set(objects.filter(isEntry).map(({ oid }) => oid));
  return objects
    .filter(({ access }) => access !== null && access.startsWith('read'))
    .map((object) => {
      const { oid, name, units, access } = object;
      const kind = columns.has(oid.slice(0, oid.lastIndexOf('.'))) ? 'column' : 'scalar';
      const notes = [...(units === null ? [] : [units]), ...(access === 'read-only' ? [] : [access])].join(', ');
      return `${kind}('${oid}', '${name}', ${codecFor(object)}),${notes === '' ? '' : ` // ${notes}`}`;
    })
    .join('\n');
}

/** Rows of a table: their columns are the objects below. */
function isEntry({ name, access }: MibObject): boolean {
  return access === 'not-accessible' && name.endsWith('Entry');
}

function codecFor({ syntax, words }: MibObject): string {
  if (words !== null)
    return `enumOf({ ${[...words].map(([number, word]) => `${number}: null /* ${word} */`).join(', ')} })`;
  if (syntax === 'TruthValue') return 'truth';
  if (syntax === 'MacAddress' || syntax === 'PhysAddress') return 'macAddress';
  if (OCTETS.has(syntax)) return 'text(128)';
  if (COUNTS.has(syntax)) return 'count';
  if (/^(?:Integer32|INTEGER|Unsigned32|Gauge(?:32)?)$/.test(syntax)) return 'whole({ min: 0, max: 0 })';
  return `/* ${syntax} */ text(128)`;
}
