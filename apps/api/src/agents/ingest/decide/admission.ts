import { admit, comparePositions, type Position } from '@loopstart/domain';

/** A message's place in its agent's stream; null where that could not be read. */
export interface Placed {
  position: Position | null;
  after: Position;
}

export interface Admitted<T> {
  /** To be applied, in this order. */
  accepted: T[];
  duplicates: T[];
  /** Something before them is missing. */
  early: T[];
  /** Without a place: recorded, but nothing moves. */
  placeless: T[];
  /** What is committed when the accepted ones are. */
  cursor: Position;
}

/**
 * Sorts one agent's messages by what to do with them, when everything up to `committed` is stored. Messages that came
 * in another order than they were sent, because several API processes share a broker, are put in order first. Pure.
 */
export function admitAll<T extends Placed>(committed: Position, messages: readonly T[]): Admitted<T> {
  const result: Admitted<T> = { accepted: [], duplicates: [], early: [], placeless: [], cursor: committed };
  for (const message of inOrder(messages)) {
    if (message.position === null) {
      result.placeless.push(message);
      continue;
    }
    switch (admit(result.cursor, message.position, message.after)) {
      case 'accept':
        result.accepted.push(message);
        result.cursor = message.position;
        break;
      case 'duplicate':
        result.duplicates.push(message);
        break;
      case 'out-of-order':
        result.early.push(message);
        break;
    }
  }
  return result;
}

function inOrder<T extends Placed>(messages: readonly T[]): readonly T[] {
  const sorted = messages.every((message, index) => {
    const before = messages[index - 1];
    return before === undefined || compare(before, message) <= 0;
  });
  return sorted ? messages : [...messages].sort(compare);
}

function compare(a: Placed, b: Placed): number {
  if (a.position === null || b.position === null) return a.position === b.position ? 0 : a.position === null ? -1 : 1;
  return comparePositions(a.position, b.position);
}
