import { oidStartsWith, type Oid, type SnmpValue, type VarBind } from '@loopstart/snmp';

/** Parts of a walk that are kept: what a driver may read. Everything else tells about a network, not about a gateway. */
const KEPT: readonly Oid[] = [
  '1.3.6.1.2.1.1', // system (SNMPv2-MIB)
  '1.3.6.1.2.1.2', // interfaces (IF-MIB)
  '1.3.6.1.2.1.31', // ifMIB
  '1.3.6.1.2.1.47', // entityMIB
  '1.3.6.1.2.1.99', // entitySensorMIB
  '1.3.6.1.4.1', // enterprises
];
/** Parts of those that hold secrets or tell who talks to whom, whoever made the gateway. */
const LEFT_OUT: readonly Oid[] = [
  '1.3.6.1.2.1.1.9', // sysORTable
  '1.3.6.1.4.1.8072.1', // netSnmpObjects: access control, tables of the host
  '1.3.6.1.4.1.2021', // UCD-SNMP-MIB: processes, disks, scripts of the host
  '1.3.6.1.4.1.9.9.43', // CISCO-CONFIG-MAN-MIB: who logged in from where
];
/** Texts that are replaced whatever they are: sysContact, sysName, sysLocation. */
const PERSONAL: ReadonlyMap<Oid, string> = new Map([
  ['1.3.6.1.2.1.1.4.0', 'contact'],
  ['1.3.6.1.2.1.1.5.0', 'gateway'],
  ['1.3.6.1.2.1.1.6.0', 'location'],
]);
/** Columns of names that people give: ifAlias (IF-MIB), entPhysicalAlias (ENTITY-MIB). */
const NAMED_BY_PEOPLE: readonly Oid[] = ['1.3.6.1.2.1.31.1.1.1.18', '1.3.6.1.2.1.47.1.1.1.1.14'];

export interface ScrubOptions {
  /** Communities, users and passphrases that must not appear. */
  secrets: readonly string[];
  /** Columns and scalars that a driver knows as names or numbers of ports, or serial numbers. */
  personal: readonly Oid[];
  /** Those that a driver knows as model, firmware and the like. */
  technical: readonly Oid[];
}

/** Stands for serial numbers that are numbers. */
const SERIAL = 12_345;

const decoder = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();

/**
 * Takes out of a walk what belongs to somebody: secrets, names, telephone numbers, addresses, serial numbers. The
 * shape of texts stays (length, punctuation), so a driver can still be written and tested with it. What is not known
 * to be technical is taken for personal.
 */
export function scrub(walk: readonly VarBind[], options: ScrubOptions): VarBind[] {
  const sysDescr = walk.find(({ oid }) => oid === '1.3.6.1.2.1.1.1.0');
  const words = new Set(sysDescr === undefined ? [] : wordsOf(textOf(sysDescr.value) ?? ''));
  // A firmware such as 1.0.23.9 looks like an address wherever it is repeated.
  const versions = walk.flatMap(({ oid, value }) => (isIn(oid, options.technical) ? [textOf(value) ?? ''] : []));
  const known: Known = { words, versions: new Set(versions) };
  return walk.flatMap(({ oid, value }) => {
    if (!KEPT.some((root) => oidStartsWith(oid, root)) || LEFT_OUT.some((root) => oidStartsWith(oid, root))) return [];
    return [{ oid, value: scrubValue(oid, value, known, options) }];
  });
}

/** Texts of this gateway that are nobody's. */
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
  const replacement = PERSONAL.get(oid);
  if (replacement !== undefined) return text(replacement);
  const plain = textOf(value);
  if (plain === null) return { type: 'octets', value: scrubBytes(value.value) };
  if (plain === '') return value;
  if (isIn(oid, options.personal) || isIn(oid, NAMED_BY_PEOPLE)) return text(mask(plain));
  const cleaned = withoutSecrets(plain, options.secrets);
  if (cleaned !== plain) return text(cleaned);
  if (isIn(oid, options.technical) || oid.startsWith('1.3.6.1.2.1.')) return text(withoutAddresses(plain, known));
  return text(isTechnical(plain, known) ? withoutAddresses(plain, known) : mask(plain));
}

/** A version, a word of the gateway's own description, a word in capitals or of a state machine: nobody's name. */
function isTechnical(plain: string, known: Known): boolean {
  if (/^v?\d{1,3}(\.\d{1,5}){1,4}[\w.-]{0,12}$/i.test(plain) && !/^\d+(\.\d+){3}$/.test(plain)) return true;
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
    .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (address) => (known.versions.has(address) ? address : '192.0.2.1'))
    .replaceAll(
      /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi,
      (mac) => `${mac.slice(0, 8)}${mac.slice(8).replaceAll(/[0-9a-f]/gi, '0')}`,
    )
    .replaceAll(/[\w.+-]+@[\w.-]+/g, 'user@example.com');
}

/** The same shape with nothing in it: letters become x, digits 0. */
function mask(plain: string): string {
  return plain
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/\p{L}/gu, (letter) => (letter === 'X' ? 'X' : 'x'))
    .replaceAll(/\p{N}/gu, '0');
}

/** Six octets are a MAC address: its maker stays, its number goes. Other binary values keep their length only if short. */
function scrubBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 6) return Uint8Array.from([...bytes.subarray(0, 3), 0, 0, 0]);
  return bytes.length <= 4 ? bytes : new Uint8Array(bytes.length);
}

/** Printable text, or null for binary values. */
function textOf(value: SnmpValue): string | null {
  if (value.type !== 'octets') return null;
  try {
    const plain = decoder.decode(value.value);
    // oxlint-disable-next-line no-control-regex -- exactly these make it no text
    return /[\u0000-\u0008\u000e-\u001f\u007f]/.test(plain) ? null : plain;
  } catch {
    return null;
  }
}

function text(plain: string): SnmpValue {
  return { type: 'octets', value: encoder.encode(plain) };
}
