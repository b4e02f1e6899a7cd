import type { DialRefusal } from './machine.ts';

/** What is compared of two answers to the same keys. */
export interface ComparedDialling {
  /** What is sent; null where nothing is. */
  readonly number: string | null;
  readonly refusal: DialRefusal | null;
  readonly keysUsed: number;
  /** From the last key used to the decision, in milliseconds. */
  readonly afterMs: number;
}

/**
 * In what two answers differ. `sent`: one sends and the other does not. `number`: both send, and not the same.
 * `barred`: neither sends, and one bars. `keys`: one decides before keys that the other uses. `wait`: they wait for
 * different times.
 */
export const DIALLING_DIFFERENCES = ['sent', 'number', 'barred', 'keys', 'wait'] as const;
export type DiallingDifference = (typeof DIALLING_DIFFERENCES)[number];

/** In what a gateway differs from the plan, or two readings of its map from each other; empty where in nothing. */
export function diallingDifferences(one: ComparedDialling, other: ComparedDialling): readonly DiallingDifference[] {
  const differences: DiallingDifference[] = [];
  if ((one.number === null) !== (other.number === null)) differences.push('sent');
  else if (one.number !== other.number) differences.push('number');
  else if (one.number === null && (one.refusal === 'barred') !== (other.refusal === 'barred'))
    differences.push('barred');
  if (one.keysUsed !== other.keysUsed) differences.push('keys');
  if (one.afterMs !== other.afterMs) differences.push('wait');
  return differences;
}
