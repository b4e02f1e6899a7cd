import type { PortKind } from './vocabulary.ts';

/** The properties that identify one port of a gateway. */
export interface PortIdentity {
  /** Number of the port, from 1. */
  position: number;
  /** Row index of the driver: may change after the gateway has renumbered its interfaces. */
  key: string;
  /** `scheme:text`, for example `name:FXS-3:1`: stays with the port. Null: the agent is too old to report it. */
  portKey: string | null;
  kind: PortKind;
  name: string | null;
}

/** The number a port has from now on, and the key that identifies it. */
export interface BoundPort {
  position: number;
  portKey: string | null;
}

/**
 * Sources of a stable key, the strongest first: ifName, the port's description, and the row index where the vendor
 * keeps it stable or reports nothing better.
 */
export const PORT_KEY_SCHEMES = ['name', 'descr', 'index'] as const;
export type PortKeyScheme = (typeof PORT_KEY_SCHEMES)[number];

/**
 * Binds the ports that a gateway reports to their known numbers, so that label, history and incidents stay with the
 * port and not with its row. By index of `found`; null: no number up to `positionsMax` is free.
 *
 * 1. A known key keeps its number, in any row, also after the port was absent.
 * 2. Where keys cannot be compared (one side has none, another scheme, or every port got another name while rows and
 * kinds are the same, as after a change of firmware), the name decides, then the row.
 * 3. Any other port is new: it gets the number it reports where no known port has that, else the lowest free one.
 *
 * Reports of agents without keys keep their own numbers.
 */
export function bindPorts(
  known: readonly PortIdentity[],
  found: readonly PortIdentity[],
  positionsMax: number,
): (BoundPort | null)[] {
  if (found.every(({ portKey }) => portKey === null))
    return found.map(({ position, key }) => ({ position, portKey: keyAt(known, position, key) }));
  const bound: (BoundPort | null)[] = found.map(() => null);
  const left = new Set(known);
  const claim = (matches: (port: PortIdentity, candidate: PortIdentity) => boolean) => {
    found.forEach((port, at) => {
      if (bound[at] !== null) return;
      const candidates = [...left].filter((candidate) => matches(port, candidate));
      const rivals = found.filter(
        (other, index) => bound[index] === null && candidates.some((one) => matches(other, one)),
      );
      const [candidate] = candidates;
      if (candidate === undefined || candidates.length > 1 || rivals.length > 1) return;
      left.delete(candidate);
      bound[at] = { position: candidate.position, portKey: stronger(port.portKey, candidate.portKey) };
    });
  };
  claim((port, candidate) => port.portKey !== null && port.portKey === candidate.portKey);
  const renamed = bound.every((port) => port === null) && haveSameRows(known, found);
  const incomparable = (port: PortIdentity, candidate: PortIdentity) =>
    renamed ||
    port.portKey === null ||
    candidate.portKey === null ||
    schemeOf(port.portKey) !== schemeOf(candidate.portKey);
  claim((port, candidate) => incomparable(port, candidate) && port.name !== null && port.name === candidate.name);
  claim(
    (port, candidate) => incomparable(port, candidate) && port.key === candidate.key && port.kind === candidate.kind,
  );
  const taken = new Set([...known, ...bound].flatMap((port) => (port === null ? [] : [port.position])));
  found.forEach((port, at) => {
    if (bound[at] !== null) return;
    const position = taken.has(port.position) ? lowestFree(taken, positionsMax) : port.position;
    if (position === null) return;
    taken.add(position);
    bound[at] = { position, portKey: port.portKey };
  });
  return bound;
}

/** A port in the report of an old agent is the known port at the same position, as long as its row is the same. */
function keyAt(known: readonly PortIdentity[], position: number, key: string): string | null {
  return known.find((port) => port.position === position && port.key === key)?.portKey ?? null;
}

function haveSameRows(known: readonly PortIdentity[], found: readonly PortIdentity[]): boolean {
  const rows = (ports: readonly PortIdentity[]) =>
    ports
      .map(({ key, kind }) => `${key} ${kind}`)
      .sort()
      .join();
  return known.length > 0 && rows(known) === rows(found);
}

/** A gateway that omits a name in one answer keeps it. */
function stronger(now: string | null, before: string | null): string | null {
  if (now === null || before === null) return now ?? before;
  return rank(before) < rank(now) ? before : now;
}

function rank(portKey: string): number {
  const at = (PORT_KEY_SCHEMES as readonly string[]).indexOf(schemeOf(portKey));
  return at < 0 ? PORT_KEY_SCHEMES.length : at;
}

function schemeOf(portKey: string): string {
  return portKey.slice(0, Math.max(0, portKey.indexOf(':')));
}

function lowestFree(taken: ReadonlySet<number>, max: number): number | null {
  for (let position = 1; position <= max; position += 1) if (!taken.has(position)) return position;
  return null;
}
