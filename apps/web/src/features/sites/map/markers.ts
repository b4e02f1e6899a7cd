import type { Point, Size } from './projection.ts';

export interface Plotted<T> {
  item: T;
  point: Point;
}
/** One mark on the map: a site, or several that would cover each other. */
export interface Group<T> {
  items: T[];
  point: Point;
}

/** Marks nearer than this would cover each other, or be too close to be pressed apart. */
export const MARK_DISTANCE_PX = 30;

/** Joins what would overlap. Each mark joins the first group near enough, so the result does not depend on zoom history. */
export function groupMarks<T>(plotted: readonly Plotted<T>[], distance = MARK_DISTANCE_PX): Group<T>[] {
  const groups: Group<T>[] = [];
  for (const { item, point } of plotted) {
    const near = groups.find((group) => Math.hypot(group.point.x - point.x, group.point.y - point.y) < distance);
    if (near === undefined) groups.push({ items: [item], point });
    else {
      const n = near.items.length;
      near.point = { x: (near.point.x * n + point.x) / (n + 1), y: (near.point.y * n + point.y) / (n + 1) };
      near.items.push(item);
    }
  }
  return groups;
}

/** Sets the members of one place around it in a circle, for sites at the same address that no zoom parts. */
export function ring(centre: Point, count: number): Point[] {
  const radius = Math.max(MARK_DISTANCE_PX * 0.6, (count * MARK_DISTANCE_PX) / (2 * Math.PI));
  return Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
    return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
  });
}

export interface Label {
  x: number;
  y: number;
  anchor: 'start' | 'end' | 'middle';
}
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const OFFSET_PX = 18;
/** Names stay clear of the ring around a mark. */
const MARK_CLEARANCE_PX = 16;
const LINE_PX = 16;
/** Width of a character of the label's font, generously: a name may be cut off the map otherwise. */
const CHARACTER_PX = 6.7;

/**
 * Where each name fits without covering a mark or another name: right, left, below, above, else nowhere
 * (null); the list beside the map still has it.
 */
export function placeLabels(marks: readonly { point: Point; text: string }[], size: Size): (Label | null)[] {
  const taken: Box[] = marks.map(({ point }) => around(point, MARK_CLEARANCE_PX));
  return marks.map(({ point, text }) => {
    const width = text.length * CHARACTER_PX;
    for (const label of candidates(point)) {
      const box = boxOf(label, width);
      const inside = box.left >= 2 && box.right <= size.width - 2 && box.top >= 2 && box.bottom <= size.height - 2;
      if (!inside || taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      return label;
    }
    return null;
  });
}

function candidates({ x, y }: Point): Label[] {
  return [
    { x: x + OFFSET_PX, y: y + 4, anchor: 'start' },
    { x: x - OFFSET_PX, y: y + 4, anchor: 'end' },
    { x, y: y + OFFSET_PX + 10, anchor: 'middle' },
    { x, y: y - OFFSET_PX, anchor: 'middle' },
  ];
}

function boxOf({ x, y, anchor }: Label, width: number): Box {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - LINE_PX + 3, bottom: y + 3 };
}

function around({ x, y }: Point, radius: number): Box {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
