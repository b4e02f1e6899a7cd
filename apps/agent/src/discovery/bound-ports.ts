import { PORTS_MAX, type PortInfo } from '@loopstart/contracts';
import { bindPorts } from '@loopstart/domain';
import type { BookEntry } from './book-entry.ts';

type Remembered = BookEntry['ports'];

/**
 * The ports as found, under their known numbers and in that order, and the ports to remember: also those that are
 * absent now, so that they get the same number when they return. Pure.
 */
export function boundPorts(
  known: Remembered,
  found: readonly PortInfo[],
): { ports: PortInfo[]; remembered: Remembered; comparable: boolean } {
  const asFound = found.map(identityOf);
  const bound = bindPorts(known, asFound, PORTS_MAX);
  const ports = found
    .flatMap((port, at) => {
      const to = bound[at];
      return to === null || to === undefined ? [] : [{ ...port, ...to }];
    })
    .sort((a, b) => a.position - b.position);
  const present = new Set(ports.map(({ position }) => position));
  const away = known.filter(({ position }) => !present.has(position));
  const remembered = [...ports.map(identityOf), ...away].sort((a, b) => a.position - b.position);
  const byName = known.some(({ portKey }) => portKey !== null && !portKey.startsWith('index:'));
  const toldByRow = asFound.some(({ portKey }) => portKey?.startsWith('index:') === true);
  // Ports that were known by their names and are found by their rows alone may be any of them.
  return { ports, remembered, comparable: !(byName && toldByRow) };
}

function identityOf({ position, key, portKey, kind, name }: PortInfo): Remembered[number] {
  return { position, key, portKey: portKey ?? null, kind, name };
}
