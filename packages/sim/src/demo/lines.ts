import type { LineDeviceClass } from '@loopstart/domain';
import type { SimGatewayInput } from '../fleet/spec.ts';

type PortInput = NonNullable<SimGatewayInput['ports']>[number];

/** One line: its name, its extension and the connected device. */
export function line(label: string, number: string, device: LineDeviceClass = 'phone'): PortInput {
  return { label, number, device };
}

/** A port without a device. */
export const free: PortInput = { device: 'unused' };

/** Lines that differ by their number only: "Room 1", "Room 2", … */
export function lines(
  label: string,
  count: number,
  firstNumber: number,
  device: LineDeviceClass = 'phone',
  firstLabel = 1,
): PortInput[] {
  return Array.from({ length: count }, (_, at) =>
    line(`${label} ${firstLabel + at}`, String(firstNumber + at), device),
  );
}

export const MINUTE = 60_000;

/** A gateway in the demo's description: its addresses follow from its place in the fleet. */
export type DemoGateway = Omit<SimGatewayInput, 'address' | 'port' | 'notify' | 'syslog'>;

export interface DemoSite {
  name: string;
  timeZone: string;
  addressLines: string[];
  latitude: number;
  longitude: number;
  emergencyLocation: string;
  gateways: DemoGateway[];
}

export interface DemoCustomer {
  name: string;
  sites: DemoSite[];
}
