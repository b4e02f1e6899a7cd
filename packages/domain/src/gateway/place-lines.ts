import type { PortKind } from '../line/vocabulary.ts';

/** A line of a gateway, with what matters to the gateway that replaces it. */
export interface LineToPlace {
  position: number;
  /** The stable key of the port on its device; see `bindPorts`. */
  portKey: string | null;
  kind: PortKind;
}

export interface Placing {
  /** Port number on the former gateway, and on its replacement. */
  placed: { from: number; to: number }[];
  /** Port numbers of the former gateway that have no counterpart on its replacement. */
  left: number[];
}

/**
 * Assigns the lines of a gateway to the ports of its replacement: the port with the same name, else the one with the
 * same number, always of the same kind. A line without such a port is reported as left over, never put on another port.
 * Pure.
 */
export function placeLines(from: readonly LineToPlace[], to: readonly LineToPlace[]): Placing {
  const free = new Map(to.map((port) => [port.position, port]));
  const placed: Placing['placed'] = [];
  const claim = (matches: (line: LineToPlace, port: LineToPlace) => boolean) => {
    for (const line of from) {
      if (placed.some((one) => one.from === line.position)) continue;
      const port = [...free.values()].find((one) => one.kind === line.kind && matches(line, one));
      if (port === undefined) continue;
      free.delete(port.position);
      placed.push({ from: line.position, to: port.position });
    }
  };
  claim((line, port) => line.portKey !== null && !line.portKey.startsWith('index:') && line.portKey === port.portKey);
  claim((line, port) => line.position === port.position);
  placed.sort((a, b) => a.from - b.from);
  const done = new Set(placed.map((one) => one.from));
  return { placed, left: from.flatMap(({ position }) => (done.has(position) ? [] : [position])) };
}
