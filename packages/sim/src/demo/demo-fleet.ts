import { parseSpec, SimFleetSpec } from '../fleet/spec.ts';
import { careHomes } from './care-homes.ts';
import { harbourGroup } from './harbour-group.ts';
import { type DemoFaces, demoProvisioning, demoSipService } from './setup.ts';
import { supermarkets } from './supermarkets.ts';

export interface DemoOptions {
  /** UDP port that every gateway answers on, each at an address of its own; 0 = any free one. */
  readonly snmpPort?: number;
  /** UDP port of the first site's agent for notifications; the next sites take the next ports. null: none are sent. */
  readonly notifyPort?: number | null;
  /** UDP port of the first site's agent for syslog; the next sites take the next ports. null: none is sent. */
  readonly syslogPort?: number | null;
  /** TCP port where the first site's agent serves configurations; the next sites take the next ports. */
  readonly configPort?: number;
  /** Ports by which gateways are configured. null: none can be. */
  readonly faces?: DemoFaces | null;
  /** How much faster than real time the lines live. */
  readonly pace?: number;
}

const SNMP_PORT = 10_161;
const NOTIFY_PORT = 10_201;
const SYSLOG_PORT = 10_211;
const CONFIG_PORT = 10_182;
const FACES: DemoFaces = { sshPort: 10_190, httpPort: 10_191, sipPort: 10_192 };
const PACE = 12;

/**
 * The demo: three customers, seven sites in three time zones, gateways of seven vendors, mostly well, with a few faults
 * on a timetable and one receiver left beside a pool. Gateway g of site s answers at 127.77.s.(10 + g), both counted
 * from 1, and notifies 127.0.0.1 at the port of its site.
 */
export function demoFleet(seed = 1, options: DemoOptions = {}): SimFleetSpec {
  const { snmpPort = SNMP_PORT, notifyPort = NOTIFY_PORT, syslogPort = SYSLOG_PORT, pace = PACE } = options;
  const { configPort = CONFIG_PORT, faces = FACES } = options;
  let site = 0;
  const described = [careHomes, supermarkets, harbourGroup];
  const customers = described.map((customer) => ({
    ...customer,
    sites: customer.sites.map((planned) => {
      site += 1;
      const here = site;
      return {
        ...planned,
        gateways: planned.gateways.map((gateway, index) => ({
          ...gateway,
          address: `127.77.${here}.${11 + index}`,
          port: snmpPort,
          ...(notifyPort !== null && { notify: { host: '127.0.0.1', port: notifyPort + here - 1 } }),
          ...(syslogPort !== null && { syslog: { host: '127.0.0.1', port: syslogPort + here - 1 } }),
          provisioning:
            faces === null ? undefined : demoProvisioning(gateway, faces, `127.0.0.1:${configPort + here - 1}`),
        })),
      };
    }),
  }));
  const gateways = described.flatMap(({ sites }) => sites.flatMap((one) => one.gateways));
  const sipService = faces === null ? undefined : demoSipService(gateways);
  return parseSpec(SimFleetSpec, { seed, pace, customers, sipService }, 'demo fleet');
}
