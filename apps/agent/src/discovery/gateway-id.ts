import type { GatewayInfo } from '@loopstart/contracts';
import { type Merges, presentGatewayId } from '@loopstart/domain';
import { uuidV5 } from '../core/uuid.ts';

/** What a gateway's id rests on, the strongest first. */
export const ID_BASES = ['serial', 'mac', 'engine-id', 'address'] as const;
export type IdBasis = (typeof ID_BASES)[number];

/** By what a gateway was known at its address last time. */
export interface KnownIdentity {
  gatewayId: string;
  basis: IdBasis;
  /** The name the id was made of, for example `serial:AudioCodes:3589`. */
  name: string;
}

/** What tells one unit from another, as names: `serial:AudioCodes:3589`, `mac:00908f123456`. */
export type Marks = Partial<Record<Exclude<IdBasis, 'address'>, string>>;
type Info = Pick<GatewayInfo, 'vendor' | 'serial' | 'macAddress' | 'engineId'>;

/** A gateway that is remembered, with the marks it had. */
export interface RememberedGateway extends KnownIdentity {
  vendor: string;
  marks: Marks;
}

/** Texts that stand where a serial number should and are shared by many units. */
const NO_SERIALS =
  /^(?:0+|(.)\1{3,}|none|n\/?a|null|unknown|default|serial(?: ?number)?|not (?:set|available|specified)|to be filled.*|[x.*-]+)$/i;
const SEQUENCE = '01234567890123456789';
const SEQUENCE_MIN = 6;
const NO_MACS = /^(?:0+|f+|001122334455|0123456789ab|123456789abc)$/;
const NOBODY = 'Unknown maker';

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

/** RFC 3411 section 5, SnmpEngineID: one made of the unit's IP address (format 1 or 2) moves with that. */
function isOwnEngineId(engineId: string | null | undefined): engineId is string {
  if (engineId === null || engineId === undefined || !/^(?:[0-9a-f]{2}){5,32}$/.test(engineId)) return false;
  const format = Number.parseInt(engineId.slice(0, 2), 16) >= 0x80 ? Number.parseInt(engineId.slice(8, 10), 16) : null;
  if (format === 1 || format === 2) return false;
  return !/^(?:00|ff)*$/.test(engineId.slice(format === null ? 8 : 10));
}

/**
 * Whether two readings are of the same unit. The strongest mark that both tell decides; an SNMP engine id may be made
 * anew, so another one alone says nothing.
 */
export function compareMarks(a: Marks, b: Marks): 'same' | 'other' | 'unknown' {
  for (const basis of ['serial', 'mac'] as const)
    if (a[basis] !== undefined && b[basis] !== undefined) return a[basis] === b[basis] ? 'same' : 'other';
  const engine = a['engine-id'];
  return engine !== undefined && engine === b['engine-id'] ? 'same' : 'unknown';
}

/**
 * The id of the gateway at an address, in the namespace of the site. What was known there stays when the gateway merely
 * tells less (or more) than then; another serial number or MAC address, or another vendor where neither is told, is another
 * gateway. A gateway that is new at an address and known from another keeps its id. Else the id is made of its strongest
 * mark, or of the address.
 *
 * `spent` are marks that more than one unit has: they make no id and find no other gateway. `merges`: an id that a mark
 * makes may be that of a gateway that turned out to be another.
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
    // The id of a merged gateway is that of the one that was here, not of another that came after it.
    return !used.has(present) && (present === id || known === null);
  };
  const name = names.find(isFree) ?? (names[0] as string);
  return { gatewayId: presentGatewayId(merges, uuidV5(siteId, name)), basis: 'address', name };
}

/** The marks that make this id, of a unit that has them. Pure. */
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
  return known.vendor !== vendor && known.vendor !== NOBODY && vendor !== NOBODY;
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

/** Up times of one unit, read at two addresses, agree this well. */
const BOOT_TOLERANCE_MS = 30_000;

/**
 * Whether the gateways at two addresses, which have the same identity, are one unit with two addresses, or two units of
 * which one has a copied identity. The time of their start tells; where one may have started since the other was read,
 * nothing does.
 */
export function sameUnit(a: Unit, b: Unit): 'same' | 'different' | 'unknown' {
  if (a.marks.mac !== undefined && b.marks.mac !== undefined && a.marks.mac !== b.marks.mac) return 'different';
  if (a.bootedAtMs === null || b.bootedAtMs === null) return 'unknown';
  if (Math.abs(a.bootedAtMs - b.bootedAtMs) <= BOOT_TOLERANCE_MS) return 'same';
  return a.bootedAtMs > b.readAtMs || b.bootedAtMs > a.readAtMs ? 'unknown' : 'different';
}
