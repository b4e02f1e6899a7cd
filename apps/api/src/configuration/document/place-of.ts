import { type ConfigDocumentPlace, documentLayer } from '@loopstart/contracts';
import { type EntryPlace, plainMac } from '@loopstart/domain';

interface Named {
  id: string;
  name: string;
}

interface NamedGateway extends Named {
  siteId: string;
  siteName: string;
  macAddress: string | null;
  serial: string | null;
  ports: readonly { position: number; label: string | null }[];
}

/** What names may mean. */
export interface Directory {
  customers: readonly Named[];
  sites: readonly (Named & { customerId: string })[];
  gateways: readonly NamedGateway[];
}

export interface PlaceProblem {
  key: keyof ConfigDocumentPlace;
  expected: string;
}

/** Most candidates that an error lists. */
const CANDIDATES_MAX = 10;

export const folded = (text: string): string => text.toLowerCase();

/** The place that names are of, or what is wrong with the first of them that does not name exactly one thing. */
export function placeOf(at: ConfigDocumentPlace, directory: Directory): EntryPlace | PlaceProblem {
  const layer = documentLayer(at);
  if (layer === 'operator') return { layer };
  if (layer === 'gateway-model') return { layer, vendor: at.vendor!, model: at.model! };
  if (layer === 'customer' || layer === 'site') {
    const found = layer === 'customer' ? customerOf(at, directory) : siteOf(at, directory);
    if ('key' in found) return found;
    return layer === 'customer' ? { layer, customerId: found.id } : { layer, siteId: found.id };
  }
  const gateway = gatewayOf(at, directory);
  if ('key' in gateway) return gateway;
  if (at.port === undefined) return { layer: 'gateway', gatewayId: gateway.id };
  const port = portOf(at.port, gateway);
  return 'key' in port ? port : { layer: 'port', gatewayId: gateway.id, position: port.position };
}

const customerOf = ({ customer }: ConfigDocumentPlace, { customers }: Directory) =>
  single('customer', customer!, customers, ({ name }) => name);

function siteOf(at: ConfigDocumentPlace, directory: Directory) {
  const customer = customerOf(at, directory);
  if ('key' in customer) return customer;
  const sites = directory.sites.filter(({ customerId }) => customerId === customer.id);
  return single('site', at.site!, sites, ({ name }) => name);
}

function gatewayOf(at: ConfigDocumentPlace, directory: Directory): NamedGateway | PlaceProblem {
  for (const key of ['mac', 'serial'] as const) {
    const text = at[key];
    if (text === undefined) continue;
    const fold = key === 'mac' ? plainMac : folded;
    const of = ({ macAddress, serial }: NamedGateway) => (key === 'mac' ? macAddress : serial);
    const hits = directory.gateways.filter((one) => of(one) !== null && fold(of(one)!) === fold(text));
    if (hits.length === 1) return hits[0]!;
    const names = hits.map(({ name, siteName }) => `${name} (${siteName})`);
    const expected = `of one gateway in service, one of yours; ${hits.length === 0 ? 'none has it' : `it is of ${listed(names)}`}`;
    return { key, expected };
  }
  const site = siteOf(at, directory);
  if ('key' in site) return site;
  const gateways = directory.gateways.filter(({ siteId }) => siteId === site.id);
  return single(
    'gateway',
    at.gateway!,
    gateways,
    ({ name }) => name,
    ({ macAddress, serial }) => `mac ${macAddress ?? 'not known'}, serial ${serial ?? 'not known'}`,
  );
}

/** A number is a position and a text a label, so that neither is taken for the other. */
function portOf(port: number | string, { ports }: NamedGateway): { position: number } | PlaceProblem {
  const hits = ports.filter(({ position, label }) =>
    typeof port === 'number' ? position === port : label !== null && folded(label) === folded(port),
  );
  if (hits.length === 1) return hits[0]!;
  const names = (hits.length === 0 ? ports : hits).map(({ position, label }) =>
    label === null ? `${position}` : `${position} (${label})`,
  );
  return { key: 'port', expected: `the position or label of one line: ${listed(names)}` };
}

/** The one with the name. Ids tell several with the same name apart where nothing else does. */
function single<T extends Named>(
  key: keyof ConfigDocumentPlace,
  text: string,
  all: readonly T[],
  nameOf: (one: T) => string,
  tellApart: (one: T) => string = ({ id }) => id,
): T | PlaceProblem {
  const hits = all.filter((one) => folded(nameOf(one)) === folded(text));
  if (hits.length === 1) return hits[0]!;
  const expected =
    hits.length === 0
      ? `a ${key} that is there: ${listed(all.map(nameOf))}`
      : `a name of one ${key}: several have it: ${listed(hits.map((one) => `${nameOf(one)} (${tellApart(one)})`))}`;
  return { key, expected };
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'there is none';
  const more = names.length - CANDIDATES_MAX;
  return names.slice(0, CANDIDATES_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
