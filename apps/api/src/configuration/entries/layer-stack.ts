import {
  type ConfigEntry,
  type EntryPlace,
  layerOf,
  placeKey,
  PRODUCT_DEFAULTS,
  resolveSettings,
  type SettingLayer,
  type SettingResolution,
} from '@loopstart/domain';
import type { GatewayFacts, PortFacts } from './gateway-facts.repository.ts';

/** The settings of a gateway and of each of its ports. */
export interface ResolvedGateway {
  gateway: SettingResolution;
  ports: { facts: PortFacts; resolution: SettingResolution }[];
  /** The dial plan of this name; null where there is none. */
  dialPlan: (name: string) => ConfigEntry | null;
}

/**
 * Entries by their place. The layer of a shared place is made once, however many gateways are in it: `with` adds the
 * entries of one gateway, and keeps what was made.
 */
export class LayerStack {
  readonly #shared: LayerStack | null;
  readonly #entries: ReadonlyMap<string, ConfigEntry[]>;
  readonly #layers = new Map<string, SettingLayer>();

  constructor(entries: readonly ConfigEntry[], shared: LayerStack | null = null) {
    this.#entries = Map.groupBy(entries, ({ place }) => placeKey(place));
    this.#shared = shared;
  }

  with(own: readonly ConfigEntry[]): LayerStack {
    return new LayerStack(own, this);
  }

  resolve(facts: GatewayFacts, positions: readonly PortFacts[] = facts.ports): ResolvedGateway {
    const variables = gatewayVariables(facts);
    const layers = this.#layersOf(facts);
    return {
      gateway: resolveSettings(layers, { port: null, variables }),
      ports: positions.map((port) => ({
        facts: port,
        resolution: resolvePort([...layers, ...this.#portLayer(facts, port)], port, variables),
      })),
      dialPlan: (name) => this.#dialPlan(name),
    };
  }

  /** Dial plans are made for the whole operator, and used by their names. */
  #dialPlan(name: string): ConfigEntry | null {
    const own = this.#entries.get(placeKey({ layer: 'operator' }));
    const found = own?.find((entry) => entry.kind === 'dial-plan' && entry.name === name);
    return found ?? (this.#shared === null ? null : this.#shared.#dialPlan(name));
  }

  #layersOf(facts: GatewayFacts): SettingLayer[] {
    const { id, name, siteId, siteName, customerId, customerName, vendor, model } = facts;
    return [
      ...this.#layer({ layer: 'operator' }, 'the operator'),
      ...this.#layer({ layer: 'customer', customerId }, customerName),
      ...this.#layer({ layer: 'site', siteId }, siteName),
      ...(model === null ? [] : this.#layer({ layer: 'gateway-model', vendor, model }, `${vendor} ${model}`)),
      ...this.#layer({ layer: 'gateway', gatewayId: id }, name),
    ];
  }

  #portLayer({ id, name }: GatewayFacts, { position }: PortFacts): SettingLayer[] {
    return this.#layer({ layer: 'port', gatewayId: id, position }, `${name}, line ${position}`);
  }

  #layer(place: EntryPlace, name: string): SettingLayer[] {
    const key = placeKey(place);
    const known = this.#layers.get(key);
    if (known !== undefined) return [known];
    const entries = this.#entries.get(key);
    if (entries === undefined) return this.#shared === null ? [] : this.#shared.#layer(place, name);
    const layer = layerOf({ layer: place.layer, name, entries });
    this.#layers.set(key, layer);
    return [layer];
  }
}

/** The settings of a port. The defaults of the product are for the lines that Loopstart gives an account, and no others. */
function resolvePort(
  layers: readonly SettingLayer[],
  port: PortFacts,
  variables: Readonly<Record<string, string>>,
): SettingResolution {
  const subject = {
    port: { position: port.position, deviceClass: port.deviceClass },
    variables: { ...variables, ...portVariables(port) },
  };
  const own = resolveSettings(layers, subject);
  const isGiven = (own.values.get('port.extension')?.value ?? null) !== null;
  return isGiven ? resolveSettings([PRODUCT_DEFAULTS, ...layers], subject) : own;
}

/** What is known of the gateway itself; what is not known is not defined. */
function gatewayVariables(facts: GatewayFacts): Record<string, string> {
  return defined({
    'gateway.name': facts.name,
    'gateway.model': facts.model,
    'gateway.serial': facts.serial,
    'site.name': facts.siteName,
    'customer.name': facts.customerName,
  });
}

const portVariables = ({ position, label, number }: PortFacts): Record<string, string> =>
  defined({ 'port.position': String(position), 'port.label': label, 'port.number': number });

function defined(values: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== null));
}
