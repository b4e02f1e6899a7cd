import type { RequestSizeMemory } from '@loopstart/snmp';
import { StepFailedError, type Device, type DeviceLink, type DeviceTransport } from './device-transport.ts';
import type { SnmpLink, SnmpTransport } from './snmp/snmp-transport.ts';

/** The links of one gateway, created when they are first used. */
export class DeviceLinks {
  /** The transport by which every gateway is recognised. */
  readonly snmp: SnmpLink;
  readonly #device: Device;
  readonly #transports: ReadonlyMap<string, DeviceTransport>;
  readonly #links = new Map<string, DeviceLink>();

  constructor(device: Device, snmp: SnmpLink, transports: ReadonlyMap<string, DeviceTransport>) {
    this.#device = device;
    this.snmp = snmp;
    this.#transports = transports;
    this.#links.set('snmp', snmp);
  }

  /** The link for work that names this transport. Throws StepFailedError where the agent has no such transport. */
  for(name: string): DeviceLink {
    const present = this.#links.get(name);
    if (present !== undefined) return present;
    const transport = this.#transports.get(name);
    if (transport === undefined) throw new StepFailedError(`This agent has no transport named "${name}".`);
    const link = transport.link(this.#device);
    this.#links.set(name, link);
    return link;
  }
}

/**
 * The transports of an agent: SNMP, by which gateways are recognised, and further ones that drivers' steps may name.
 */
export class Transports {
  readonly snmp: SnmpTransport;
  readonly #others: ReadonlyMap<string, DeviceTransport>;

  constructor(snmp: SnmpTransport, others: readonly DeviceTransport[] = []) {
    this.snmp = snmp;
    this.#others = new Map(others.map((transport) => [transport.name, transport]));
  }

  /** `requestSize`: the largest request that the gateway could answer before; null where that is not known. */
  linksOf(device: Device, requestSize: RequestSizeMemory | null = null, now?: () => number): DeviceLinks {
    return new DeviceLinks(device, this.snmp.link(device, requestSize, now), this.#others);
  }
}
