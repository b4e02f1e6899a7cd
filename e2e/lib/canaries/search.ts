import { expect } from 'vitest';
import { Canaries } from './canaries.ts';
import type { Pieces } from './sinks.ts';
import type { Answer } from './visitor.ts';

/** The secrets of the walk. */
export const canaries = new Canaries();
/** Stands in every place that is searched: a search that does not find it searches nothing. */
export const witness = new Canaries();
export const WITNESS = witness.mint('witness');

/** Where a sink may have a secret, because that is what it is for. */
export const never = (): boolean => false;

/** Fails for each secret that stands in a piece and has no reason to. Throws where the witness is not found. */
export function search(
  pieces: Pieces,
  isMeant: (kind: string, at: string) => boolean = never,
  text: Canaries = witness,
): void {
  const planted = pieces.some(({ content }) => text.find(content).length > 0);
  expect(
    planted,
    `a planted text is found in ${pieces
      .map(({ at }) => at)
      .join(', ')
      .slice(0, 2_000)}`,
  ).toBe(true);
  const found = pieces.flatMap(({ at, content }) =>
    canaries
      .find(content)
      .filter(({ kind }) => !isMeant(kind, at))
      .map(({ kind, encoding }) => `${at.slice(0, 160)}: ${kind}, ${encoding}`),
  );
  expect([...new Set(found)]).toEqual([]);
}

/** Something that is there anyway, where nothing can be planted. */
export function known(text: string): Canaries {
  const one = new Canaries();
  one.add('known', text);
  return one;
}

export const contents = (kept: readonly Answer[]): Pieces =>
  kept.map(({ to, status, content }) => ({ at: `${to} ${status}`, content }));
