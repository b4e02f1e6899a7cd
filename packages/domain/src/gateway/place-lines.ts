import type { PortKind } from '../line/vocabulary.ts';

/** A line of a gateway as one that takes over from it sees it. */
export interface LineToPlace {
  position: number;
  /** What stays with the port of one device; see `bindPorts`. */
  portKey: string | null;
  kind: PortKind;
}

export interface Placing {
  /** Number on the former gateway, and on the one that takes over. */
  placed: { from: number; to: number }[];
  /** Numbers on the former gateway for which the other has no port. */
  left: number[];
}

/**
 * Which port of a gateway that takes over has which line: the one with the same name, else the one with the same number,
 * each of the same kind. A line for which there is none is left over, never put on some other port. Pure.
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
