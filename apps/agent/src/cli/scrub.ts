import { oidStartsWith, type Oid, type SnmpValue, type VarBind } from '@loopstart/snmp';

/** Parts of a walk that are kept: those a driver may read. All other parts describe a network, not a gateway. */
export const KEPT: readonly Oid[] = [
  '1.3.6.1.2.1.1', // system (SNMPv2-MIB)
  '1.3.6.1.2.1.2', // interfaces (IF-MIB)
  '1.3.6.1.2.1.31', // ifMIB
  '1.3.6.1.2.1.47', // entityMIB
  '1.3.6.1.2.1.99', // entitySensorMIB
  '1.3.6.1.4.1', // enterprises
];
/** Parts of those that contain secrets or communication peers, for any vendor. */
const LEFT_OUT: readonly Oid[] = [
  '1.3.6.1.2.1.1.9', // sysORTable
  '1.3.6.1.4.1.8072.1', // netSnmpObjects: access control, tables of the host
  '1.3.6.1.4.1.2021', // UCD-SNMP-MIB: processes, disks, scripts of the host
  '1.3.6.1.4.1.9.9.43', // CISCO-CONFIG-MAN-MIB: who logged in from where
];
/** Texts that are always replaced: sysContact, sysName, sysLocation. */
const PERSONAL: ReadonlyMap<Oid, string> = new Map([
  ['1.3.6.1.2.1.1.4.0', 'contact'],
  ['1.3.6.1.2.1.1.5.0', 'gateway'],
  ['1.3.6.1.2.1.1.6.0', 'location'],
]);
/** Columns that are technical for any vendor: entPhysicalHardwareRev, -FirmwareRev, -SoftwareRev. */
const REVISIONS: readonly Oid[] = ['8', '9', '10'].map((column) => `1.3.6.1.2.1.47.1.1.1.1.${column}`);
/** ifPhysAddress (IF-MIB): a MAC address, also where its octets happen to be letters. */
const PHYSICAL_ADDRESS: Oid = '1.3.6.1.2.1.2.2.1.6';
const SYS_DESCR: Oid = '1.3.6.1.2.1.1.1.0';
/** Columns of names that people give: ifAlias (IF-MIB), entPhysicalAlias (ENTITY-MIB). */
const NAMED_BY_PEOPLE: readonly Oid[] = ['1.3.6.1.2.1.31.1.1.1.18', '1.3.6.1.2.1.47.1.1.1.1.14'];

export interface ScrubOptions {
  /** Communities, users and passphrases that must not appear. */
  secrets: readonly string[];
  /** Columns and scalars that a driver knows as names or numbers of ports, or serial numbers. */
  personal: readonly Oid[];
  /** Columns and scalars that a driver knows as model, firmware and the like. */
  technical: readonly Oid[];
  /** Known addresses, such as the gateway's own. */
  addresses?: readonly string[];
}

/** Replaces serial numbers that are numbers. */
const SERIAL = 12_345;

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/**
 * Removes personal data from a walk: secrets, names, telephone numbers, addresses, serial numbers. The shape of texts
 * stays (length, punctuation), so a driver can still be written and tested with it. What is not known to be technical
 * counts as personal.
 */
export function scrub(walk: readonly VarBind[], options: ScrubOptions): VarBind[] {
  const sysDescr = walk.find(({ oid }) => oid === SYS_DESCR);
  const words = new Set(sysDescr === undefined ? [] : wordsOf(textOf(sysDescr.value) ?? ''));
  const known: Known = { words, versions: versionsIn(walk, options) };
  return walk.flatMap(({ oid, value }) => {
    if (!KEPT.some((root) => oidStartsWith(oid, root)) || LEFT_OUT.some((root) => oidStartsWith(oid, root))) return [];
    return [{ oid, value: scrubValue(oid, value, known, options) }];
  });
}

/**
 * Versions that look like addresses, such as 1.0.23.9: those in technical objects and in the gateway's description,
 * except addresses of its network.
 */
function versionsIn(walk: readonly VarBind[], { technical, addresses = [] }: ScrubOptions): Set<string> {
  const known = new Set(addresses);
  for (const { value } of walk) if (value.type === 'ip') known.add(value.value);
  const found = new Set<string>();
  for (const { oid, value } of walk) {
    const isSource = isIn(oid, technical) || isIn(oid, REVISIONS);
    if (!isSource && oid !== SYS_DESCR) continue;
    for (const [quad] of (textOf(value) ?? '').matchAll(QUAD))
      if (isSource || !(known.has(quad) || PRIVATE.test(quad))) found.add(quad);
  }
  return found;
}

/** Four numbers with dots between them: an address or a version. */
const QUAD = /\b\d{1,5}(?:\.\d{1,5}){3}\b/g;
/** Private networks (RFC 1918, 3927, 6598) and this host. */
const PRIVATE = /^(?:10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** Whether four numbers are a version: a known one, one with the same beginning, or not a possible address. */
function isVersion(quad: string, { versions }: Known): boolean {
  if (versions.has(quad)) return true;
  const [first, second, ...rest] = quad.split('.');
  if ([first, second, ...rest].some((part) => Number(part) > 255 || /^0\d/.test(part ?? ''))) return true;
  if (PRIVATE.test(quad)) return false;
  return [...versions].some((version) => version.startsWith(`${first}.${second}.`));
}

/** Texts of this gateway that are not personal. */
interface Known {
  words: ReadonlySet<string>;
  versions: ReadonlySet<string>;
}

function isIn(oid: Oid, roots: readonly Oid[]): boolean {
  return roots.some((root) => oid === root || oidStartsWith(oid, root));
}

function scrubValue(oid: Oid, value: SnmpValue, known: Known, options: ScrubOptions): SnmpValue {
  if (value.type === 'ip') return { type: 'ip', value: value.value === '0.0.0.0' ? value.value : '192.0.2.1' };
  if ('value' in value && typeof value.value === 'number' && isIn(oid, options.personal)) {
    return { ...value, value: SERIAL } as SnmpValue;
  }
  if (value.type !== 'octets') return value;
  if (isIn(oid, [PHYSICAL_ADDRESS])) return { type: 'octets', value: scrubBytes(value.value) };
  const replacement = PERSONAL.get(oid);
  if (replacement !== undefined) return text(replacement);
  const plain = textOf(value);
  if (plain === null) return { type: 'octets', value: scrubBytes(value.value) };
  if (plain === '') return value;
  if (isMac(plain)) return text(makerOnly(plain));
  if (isIn(oid, options.personal) || isIn(oid, NAMED_BY_PEOPLE)) return text(mask(plain));
  const cleaned = withoutSecrets(plain, options.secrets);
  if (cleaned !== plain) return text(cleaned);
  if (isIn(oid, options.technical) || isIn(oid, REVISIONS) || oid.startsWith('1.3.6.1.2.1.'))
    return text(withoutAddresses(plain, known));
  return text(isTechnical(plain, known) ? withoutAddresses(plain, known) : mask(plain));
}

/**
 * A version, a word of the gateway's own description, a word in capitals or of a state machine: not a personal name.
 */
function isTechnical(plain: string, known: Known): boolean {
  if (/^\d+(\.\d+){3}$/.test(plain)) return isVersion(plain, known);
  if (/^v?\d{1,3}(\.\d{1,5}){1,4}[\w.-]{0,12}$/i.test(plain)) return true;
  return wordsOf(plain).every((word) => known.words.has(word));
}

function wordsOf(plain: string): string[] {
  return plain
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function withoutSecrets(plain: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, 'x'.repeat(secret.length)), plain);
}

function withoutAddresses(plain: string, known: Known): string {
  return plain
    .replaceAll(QUAD, (quad) => (isVersion(quad, known) ? quad : '192.0.2.1'))
    .replaceAll(/\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b|\b(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}\b/gi, makerOnly)
    .replaceAll(/[\w.+-]+@[\w.-]+/g, 'user@example.com');
}

/** A text that is a MAC address and nothing else, in any of its forms. */
function isMac(plain: string): boolean {
  const digits = plain.trim();
  return (
    /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i.test(digits) ||
    // Twelve decimal digits may be a telephone number.
    (/^[0-9a-f]{12}$/i.test(digits) && /[a-f]/i.test(digits) && /\d/.test(digits))
  );
}

/** A MAC address keeps its vendor (the first three octets) and loses its number. */
function makerOnly(mac: string): string {
  let kept = 6;
  return mac.replaceAll(/[0-9a-f]/gi, (digit) => (kept-- > 0 ? digit : '0'));
}

/** The same shape with nothing in it: letters become x, digits 0. */
function mask(plain: string): string {
  return plain
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/\p{L}/gu, (letter) => (letter === 'X' ? 'X' : 'x'))
    .replaceAll(/\p{N}/gu, '0');
}

/**
 * Six octets are a MAC address: the vendor stays, the number is removed. Other binary values keep their length only if
 * short.
 */
function scrubBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 6) return Uint8Array.from([...bytes.subarray(0, 3), 0, 0, 0]);
  return bytes.length <= 4 ? bytes : new Uint8Array(bytes.length);
}

/** Printable text, or null for binary values. */
function textOf(value: SnmpValue): string | null {
  if (value.type !== 'octets') return null;
  try {
    const plain = decoder.decode(value.value);
    // oxlint-disable-next-line no-control-regex -- exactly these make it binary
    return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(plain) ? null : plain;
  } catch {
    return null;
  }
}

function text(plain: string): SnmpValue {
  return { type: 'octets', value: encoder.encode(plain) };
}
