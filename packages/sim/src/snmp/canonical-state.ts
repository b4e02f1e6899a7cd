import type { PortInfo } from '@loopstart/contracts';
import { type LineDeviceClass, profileFits } from '@loopstart/domain';
import { exampleState, type Driver, type SimState } from '@loopstart/drivers';
import type { GatewayLife, GatewayProfile, PortLife } from '../line/life.ts';
import { voicePortsOf } from '../provisioning/cisco-ios/ios-config.ts';
import { sayable } from './sayable.ts';
import { hasLostServer, isHot } from '../line/changes.ts';
import { readGateway } from '../line/reading.ts';

/** The properties of a gateway and of its ports that differ from its model at rest. */
export interface GatewayFacts {
  readonly model: string;
  readonly name: string;
  readonly firmware?: string | undefined;
  readonly serial?: string | undefined;
  readonly macAddress?: string | undefined;
  /** Of its site: the gateway's country is set accordingly. */
  readonly timeZone?: string | undefined;
  /** In the order of the ports. */
  readonly ports: readonly {
    readonly label?: string | undefined;
    readonly number?: string | undefined;
    readonly device?: LineDeviceClass;
  }[];
}

/** The part of a gateway's canonical state that is constant. */
export type StaticState = Pick<SimState, 'gateway' | 'ports'>;

/**
 * The inventory as the driver will read it. Only fields with an object in the driver are filled in; where its gateways
 * list no ports, there are none. Throws RangeError where the driver does not know the model.
 */
export function staticState(driver: Driver, facts: GatewayFacts): StaticState {
  const example = exampleState(driver, facts.model);
  const { gateway } = example;
  const country = countryThere(driver, facts.timeZone);
  return {
    gateway: {
      ...gateway,
      sysName: facts.name,
      sysDescr: describedWith(gateway.sysDescr, gateway.firmware, facts.firmware),
      firmware: gateway.firmware === null ? null : (facts.firmware ?? gateway.firmware),
      serial: gateway.serial === null ? null : (facts.serial ?? gateway.serial),
      macAddress: gateway.macAddress === null ? null : (facts.macAddress ?? gateway.macAddress),
    },
    ports: example.ports.map((port, index): PortInfo => {
      const own = facts.ports[index];
      // An unused line has no account, and so no number.
      const usual = own?.device === 'unused' ? null : port.number;
      return {
        ...port,
        ...interfaceName(driver, facts.model, port),
        number: port.number === null ? null : (own?.number ?? usual),
        countryProfile: port.countryProfile === null ? null : (country ?? port.countryProfile),
      };
    }),
  };
}

/** Voice ports of IOS are interfaces with the number that its configuration gives them. */
function interfaceName(driver: Driver, model: string, { kind, position }: PortInfo): Partial<PortInfo> {
  if (driver.id !== 'cisco-ios' || kind !== 'fxs') return {};
  const fxs = driver.models.find(({ name }) => name === model)?.fxs ?? 0;
  const name = `Foreign Exchange Station ${voicePortsOf(model, fxs)[position - 1]}`;
  return { name, portKey: `name:${name}` };
}

/** The driver's country profile that fits a time zone; null where none is known to. */
function countryThere(driver: Driver, timeZone: string | undefined): string | null {
  const { info, shared = {} } = driver.ports;
  const words = (info.countryProfile ?? shared.countryProfile)?.[0]?.codec.words ?? [];
  return words.find((word) => timeZone !== undefined && profileFits(word, timeZone) === true) ?? null;
}

/** The description of a unit with its firmware, where the description names one. */
function describedWith(sysDescr: string | null, usual: string | null, firmware: string | undefined): string | null {
  return usual === null || firmware === undefined ? sysDescr : (sysDescr?.replaceAll(usual, firmware) ?? null);
}

/** Drivers whose registration is that of a call agent: a SIP account that a configuration gives is not in it. */
const CALL_AGENTS_ONLY: ReadonlySet<string> = new Set(['cisco-ios']);

function hidesSip(driver: Driver | undefined, life: PortLife | undefined): boolean {
  return driver !== undefined && CALL_AGENTS_ONLY.has(driver.id) && life?.service !== 'as-described';
}

/**
 * The whole real state of a gateway at `at`, in the shape the drivers encode and, with a driver, in the words that its
 * gateways have; `life` has been stepped to `at`.
 */
export function canonicalState(
  known: StaticState,
  profile: GatewayProfile,
  life: GatewayLife,
  at: number,
  driver?: Driver,
): SimState {
  const reading = readGateway(profile, life, at);
  return {
    ...known,
    states: reading.ports.map(({ state }, index) => {
      const seen = hidesSip(driver, life.ports[index]) ? { ...state, registration: null } : state;
      return driver === undefined ? seen : sayable(driver, seen);
    }),
    measures: reading.ports.map(({ measures }) => measures),
    counters: reading.ports.map(({ counters }) => counters),
    gatewayMeasures: reading.measures,
    alarms: [
      ...(isHot(life) ? [{ kind: 'temperature-high', position: null } as const] : []),
      ...(hasLostServer(life) ? [{ kind: 'registration-lost', position: null } as const] : []),
    ],
  };
}
