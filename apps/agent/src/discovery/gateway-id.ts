import type { GatewayInfo } from '@loopstart/contracts';
import { uuidV5 } from '../core/uuid.ts';

/** What a gateway's id rests on, the strongest first. */
export const ID_BASES = ['serial', 'mac', 'address'] as const;
export type IdBasis = (typeof ID_BASES)[number];

/** By what a gateway was known at its address last time. */
export interface KnownIdentity {
  gatewayId: string;
  basis: IdBasis;
  /** The name the id was made of, for example `serial:AudioCodes:3589`. */
  name: string;
}

/** Texts that stand where a serial number should and are shared by many units. */
const NO_SERIALS = /^(?:0+|none|n\/?a|unknown|default|not (?:set|available|specified)|to be filled.*|[x.*-]+)$/i;

/**
 * The id of the gateway at an address: made of its serial number, else its MAC address, else the address itself, in
 * the namespace of the site. What was known before stays when the gateway merely tells less (or more) than then; only
 * another serial number or MAC address is another gateway.
 */
export function resolveGatewayId(
  siteId: string,
  endpoint: string,
  info: Pick<GatewayInfo, 'vendor' | 'serial' | 'macAddress'>,
  known: KnownIdentity | null,
): KnownIdentity {
  const names = namesOf(endpoint, info);
  const before = known === null ? undefined : names[known.basis];
  if (known !== null && (before === undefined || before === known.name)) return known;
  const basis = ID_BASES.find((candidate) => names[candidate] !== undefined) as IdBasis;
  const name = names[basis] as string;
  return { gatewayId: uuidV5(siteId, name), basis, name };
}

function namesOf(
  endpoint: string,
  info: Pick<GatewayInfo, 'vendor' | 'serial' | 'macAddress'>,
): Partial<Record<IdBasis, string>> {
  const serial = info.serial?.trim() ?? '';
  const mac = info.macAddress?.replaceAll(/[^0-9a-f]/gi, '').toLowerCase() ?? '';
  return {
    ...(serial === '' || NO_SERIALS.test(serial) ? {} : { serial: `serial:${info.vendor}:${serial}` }),
    ...(mac.length !== 12 || /^(?:0+|f+)$/.test(mac) ? {} : { mac: `mac:${mac}` }),
    address: `address:${endpoint}`,
  };
}
