import type { GatewayInfo } from '@loopstart/contracts';
import { type Merges, presentGatewayId } from '@loopstart/domain';
import { uuidV5 } from '../core/uuid.ts';

/** The basis of a gateway's id, the strongest first. */
export const ID_BASES = ['serial', 'mac', 'engine-id', 'address'] as const;
export type IdBasis = (typeof ID_BASES)[number];

/** Identity of the gateway last known at an address. */
export interface KnownIdentity {
  gatewayId: string;
  basis: IdBasis;
  /** The name the id was made of, for example `serial:AudioCodes:3589`. */
  name: string;
}

/** Marks that identify a unit, as names: `serial:AudioCodes:3589`, `mac:00908f123456`. */
export type Marks = Partial<Record<Exclude<IdBasis, 'address'>, string>>;
type Info = Pick<GatewayInfo, 'vendor' | 'serial' | 'macAddress' | 'engineId'>;

/** A stored gateway, with its marks. */
export interface RememberedGateway extends KnownIdentity {
  vendor: string;
  marks: Marks;
}

/** Placeholders for a serial number that many units share. */
const NO_SERIALS =
  /^(?:0+|(.)\1{3,}|none|n\/?a|null|unknown|default|serial(?: ?number)?|not (?:set|available|specified)|to be filled.*|[x.*-]+)$/i;
const SEQUENCE = '01234567890123456789';
const SEQUENCE_MIN = 6;
const NO_MACS = /^(?:0+|f+|001122334455|0123456789ab|123456789abc)$/;
const NO_VENDOR = 'Unknown maker';

/** Pure. */
export function marksOf({ vendor, serial, macAddress, engineId }: Info): Marks {
  const number = serial?.trim() ?? '';
  const mac = macAddress?.replaceAll(/[^0-9a-f]/gi, '').toLowerCase() ?? '';
  const counted = number.length >= SEQUENCE_MIN && SEQUENCE.includes(number);
  return {
    ...(number === '' || counted || NO_SERIALS.test(number) ? {} : { serial: `serial:${vendor}:${number}` }),
    ...(mac.length !== 12 || NO_MACS.test(mac) ? {} : { mac: `mac:${mac}` }),
    ...(isOwnEngineId(engineId) ? { 'engine-id': `engine-id:${engineId}` } : {}),
  };
}

/** RFC 3411 section 5, SnmpEngineID: an id made of the unit's IP address (format 1 or 2) changes with the address. */
function isOwnEngineId(engineId: string | null | undefined): engineId is string {
  if (engineId === null || engineId === undefined || !/^(?:[0-9a-f]{2}){5,32}$/.test(engineId)) return false;
  const format = Number.parseInt(engineId.slice(0, 2), 16) >= 0x80 ? Number.parseInt(engineId.slice(8, 10), 16) : null;
  if (format === 1 || format === 2) return false;
  return !/^(?:00|ff)*$/.test(engineId.slice(format === null ? 8 : 10));
}

/**
 * Whether two readings are of the same unit. The strongest mark in both decides; an SNMP engine id may be generated
 * again, so a different one alone proves nothing.
 */
export function compareMarks(a: Marks, b: Marks): 'same' | 'other' | 'unknown' {
  for (const basis of ['serial', 'mac'] as const)
    if (a[basis] !== undefined && b[basis] !== undefined) return a[basis] === b[basis] ? 'same' : 'other';
  const engine = a['engine-id'];
  return engine !== undefined && engine === b['engine-id'] ? 'same' : 'unknown';
}

/**
 * The id of the gateway at an address, in the namespace of the site. The known gateway stays when it merely reports
 * less (or more) than before; another serial number or MAC address, or another vendor where neither is reported, is
 * another gateway. A gateway that is new at an address and known from another keeps its id. Otherwise the id is made of
 * its strongest mark, or of the address.
 *
 * `spent` are marks that more than one unit has: they make no id and find no other gateway. `merges`: an id made of a
 * mark may be that of a merged gateway.
 */
export function resolveGatewayId(
  siteId: string,
  endpoint: string,
  info: Info,
  known: RememberedGateway | null,
  elsewhere: readonly RememberedGateway[] = [],
  spent: ReadonlySet<string> = new Set(),
  merges: Merges = new Map(),
): KnownIdentity {
  const marks = marksOf(info);
  if (known !== null && !isAnother(known, marks, info)) return identityOf(known);
  const usable = withoutSpent(marks, spent);
  const moved = elsewhere.find((gateway) => compareMarks(withoutSpent(gateway.marks, spent), usable) === 'same');
  if (moved !== undefined) return identityOf(moved);
  for (const basis of ['serial', 'mac', 'engine-id'] as const) {
    const name = usable[basis];
    if (name !== undefined) return { gatewayId: presentGatewayId(merges, uuidV5(siteId, name)), basis, name };
  }
  // The address alone may have given its id to the gateway that was there before.
  const names = [`address:${endpoint}`, `address:${endpoint}/${info.vendor}`, `address:${endpoint}/${info.vendor}/2`];
  const used = new Set([known, ...elsewhere].map((gateway) => gateway?.gatewayId));
  const isFree = (candidate: string) => {
    const id = uuidV5(siteId, candidate);
    const present = presentGatewayId(merges, id);
    // The id of a merged gateway belongs to the one that was here, not to another that came after it.
    return !used.has(present) && (present === id || known === null);
  };
  const name = names.find(isFree) ?? (names[0] as string);
  return { gatewayId: presentGatewayId(merges, uuidV5(siteId, name)), basis: 'address', name };
}

/** The marks of a unit that make this id. Pure. */
export function marksThatMake(
  siteId: string,
  { gatewayId, name }: KnownIdentity,
  marks: Marks,
  merges: Merges,
): string[] {
  return Object.values(marks).filter(
    (mark) => mark === name || presentGatewayId(merges, uuidV5(siteId, mark)) === gatewayId,
  );
}

function isAnother(known: RememberedGateway, marks: Marks, { vendor }: Info): boolean {
  const verdict = compareMarks(known.marks, marks);
  if (verdict !== 'unknown') return verdict === 'other';
  return known.vendor !== vendor && known.vendor !== NO_VENDOR && vendor !== NO_VENDOR;
}

function withoutSpent(marks: Marks, spent: ReadonlySet<string>): Marks {
  return Object.fromEntries(Object.entries(marks).filter(([, name]) => !spent.has(name)));
}

function identityOf({ gatewayId, basis, name }: KnownIdentity): KnownIdentity {
  return { gatewayId, basis, name };
}

/** When a unit started, and when that was read; monotonic ms. */
export interface Unit {
  marks: Marks;
  bootedAtMs: number | null;
  readAtMs: number;
}

/** Maximum difference of one unit's uptimes, read at two addresses. */
const BOOT_TOLERANCE_MS = 30_000;

/**
 * Whether the gateways at two addresses, which have the same identity, are one unit with two addresses, or two units of
 * which one has a copied identity. The time of their start decides; unknown where one may have started since the other
 * was read.
 */
export function sameUnit(a: Unit, b: Unit): 'same' | 'different' | 'unknown' {
  if (a.marks.mac !== undefined && b.marks.mac !== undefined && a.marks.mac !== b.marks.mac) return 'different';
  if (a.bootedAtMs === null || b.bootedAtMs === null) return 'unknown';
  if (Math.abs(a.bootedAtMs - b.bootedAtMs) <= BOOT_TOLERANCE_MS) return 'same';
  return a.bootedAtMs > b.readAtMs || b.bootedAtMs > a.readAtMs ? 'unknown' : 'different';
}
