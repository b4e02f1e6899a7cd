import type { PortKind } from '@loopstart/domain';

interface Placed {
  position: number;
  kind: PortKind;
}

/** Ports of one kind that sit together, row by row, numbered as printed on the device. */
export interface PortGroup {
  kind: PortKind;
  rows: number[][];
}

const ONE_ROW_MAX = 8;
const COLUMNS_MAX = 12;

/**
 * Where the ports sit. Small gateways have one row, larger ones two rows of up to twelve, the first
 * half above the second; still larger ones repeat that. FXS and FXO sit apart.
 */
export function layOut(ports: readonly Placed[]): PortGroup[] {
  const sorted = [...ports].sort((a, b) => a.position - b.position);
  const groups: PortGroup[] = [];
  for (const kind of ['fxs', 'fxo'] as const) {
    const positions = sorted.filter((port) => port.kind === kind).map((port) => port.position);
    if (positions.length > 0) groups.push({ kind, rows: inRows(positions) });
  }
  return groups.sort((a, b) => a.rows[0]![0]! - b.rows[0]![0]!);
}

function inRows(positions: number[]): number[][] {
  const columns =
    positions.length <= ONE_ROW_MAX ? positions.length : Math.min(COLUMNS_MAX, Math.ceil(positions.length / 2));
  const rows: number[][] = [];
  for (let start = 0; start < positions.length; start += columns) rows.push(positions.slice(start, start + columns));
  return rows;
}

/** Keys that move between ports. */
export type Move = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';
const MOVES: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

export function isMove(key: string): key is Move {
  return MOVES.has(key);
}

/** The port that a key leads to from another; the same one at an edge. */
export function neighbour(groups: readonly PortGroup[], position: number, move: Move): number {
  const order = groups.flatMap((group) => group.rows.flat());
  const index = order.indexOf(position);
  switch (move) {
    case 'ArrowLeft':
      return order[Math.max(0, index - 1)] ?? position;
    case 'ArrowRight':
      return order[Math.min(order.length - 1, index + 1)] ?? position;
    case 'Home':
      return order[0] ?? position;
    case 'End':
      return order.at(-1) ?? position;
    case 'ArrowUp':
      return vertical(groups, position, -1);
    case 'ArrowDown':
      return vertical(groups, position, 1);
  }
}

function vertical(groups: readonly PortGroup[], position: number, step: 1 | -1): number {
  for (const { rows } of groups) {
    const row = rows.findIndex((positions) => positions.includes(position));
    if (row < 0) continue;
    const target = rows[row + step];
    if (target === undefined) return position;
    const column = rows[row]!.indexOf(position);
    return target[Math.min(column, target.length - 1)] ?? position;
  }
  return position;
}
