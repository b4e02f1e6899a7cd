import type { FoundIdentity } from './facts.ts';

/** What a change was reviewed for; null: not known then. */
export interface ExpectedGateway {
  driverId: string;
  model: string | null;
  firmware: string | null;
  macAddress: string | null;
  serialNumber: string | null;
}

/** A hardware address as its hexadecimal digits alone, in lower case. */
export const plainMac = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '');

/**
 * Whether the device that answers is the one that a change was reviewed for. A mark that was known and is not given now
 * makes it unknown, and nothing is written to it. A change for which no mark of the unit was known is for the driver and
 * model alone: the agent has recognised the unit by its gateway id.
 */
export function identityOf(expected: ExpectedGateway, found: ExpectedGateway): FoundIdentity {
  const marks: [string | null, string | null][] = [
    [mac(expected.macAddress), mac(found.macAddress)],
    [expected.serialNumber, found.serialNumber],
  ];
  if (marks.some(([was, is]) => was !== null && is !== null && was !== is)) return 'other';
  if (expected.driverId !== found.driverId) return 'other-model';
  const kinds: [string | null, string | null][] = [
    [expected.model, found.model],
    [expected.firmware, found.firmware],
  ];
  if (kinds.some(([was, is]) => was !== null && is !== null && was !== is)) return 'other-model';
  return [...marks, ...kinds].some(([was, is]) => was !== null && is === null) ? 'unknown' : 'same';
}

function mac(text: string | null): string | null {
  return text === null ? null : plainMac(text);
}
