import type { Inventory } from '@loopstart/contracts';
import { bindPorts, type LineDeviceClass, type PortIdentity } from '@loopstart/domain';

/** Far above the ports of real gateways, so that a number is always free after any changes of cards. */
const POSITIONS_MAX = 32_767;

/** A port as it is stored, removed ones too. */
export interface StoredPort extends PortIdentity {
  device: LineDeviceClass;
  /** It was registered at some time. */
  registered: boolean;
  removed: boolean;
}

/** The agent's number of a port to ours, where any of a gateway differs; both directions are then complete. */
export type WirePositions = Readonly<Record<string, number>>;

/**
 * An inventory under our known numbers of its ports. An agent keeps its numbers as long as it has its data; one that
 * was set up again may not, and `wirePositions` translates its numbers into ours. Columns of reports follow the order
 * of `inventory.ports`, which is the agent's. Pure.
 */
export function bindInventory(
  inventory: Inventory,
  known: readonly StoredPort[],
): { inventory: Inventory; stored: readonly StoredPort[]; wirePositions: WirePositions | null } {
  const bound = bindPorts(known, inventory.ports.map(identityOf), POSITIONS_MAX);
  // A free number is always found, but the type does not show it.
  const ports = inventory.ports.map((port, at) => ({ ...port, ...(bound[at] ?? { position: port.position }) }));
  const before = new Map(known.map((port) => [port.position, port]));
  const present = new Set(ports.map(({ position }) => position));
  const stored: StoredPort[] = [
    ...ports.map((port) => ({
      ...identityOf(port),
      device: before.get(port.position)?.device ?? ('unknown' as const),
      registered: before.get(port.position)?.registered ?? false,
      removed: false,
    })),
    ...known.filter(({ position }) => !present.has(position)).map((port) => ({ ...port, removed: true })),
  ];
  const differs = ports.some(({ position }, at) => position !== inventory.ports[at]?.position);
  const wire = Object.fromEntries(inventory.ports.map(({ position }, at) => [String(position), ports[at]!.position]));
  return { inventory: { ...inventory, ports }, stored, wirePositions: differs ? wire : null };
}

/** Our number of the port that an agent calls `position`. Pure. */
export function ourPosition(wire: WirePositions | null, position: number | null): number | null {
  return position === null ? null : (wire?.[String(position)] ?? position);
}

/** The agent's number of the port that we call `position`. Pure. */
export function wirePosition(wire: WirePositions | null, position: number | null): number | null {
  const found = Object.entries(wire ?? {}).find(([, ours]) => ours === position);
  return found === undefined ? position : Number(found[0]);
}

function identityOf({ position, key, portKey, kind, name }: Inventory['ports'][number]): PortIdentity {
  return { position, key, portKey: portKey ?? null, kind, name };
}
