import { seededRandom } from '../../src/testing/random.ts';

/** Choices of a run, the same for the same seed. */
export interface Choices {
  /** A whole number from 0, less than this. */
  below(end: number): number;
  pick<T>(of: readonly T[]): T;
}

export function choicesOf(seed: number): Choices {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  return { below, pick: <T>(of: readonly T[]) => of[below(of.length)] as T };
}
