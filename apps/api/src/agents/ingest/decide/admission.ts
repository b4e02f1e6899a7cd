import { admit, comparePositions, type Position } from '@loopstart/domain';

/** A message's position in its agent's stream; null where that could not be read. */
export interface Sequenced {
  position: Position | null;
  after: Position;
}

export interface Admitted<T> {
  /** To be applied, in this order. */
  accepted: T[];
  duplicates: T[];
  /** A message before them is missing. */
  early: T[];
  /** Without a position: quarantined, and the cursor does not move. */
  unsequenced: T[];
  /** The committed position after the accepted ones. */
  cursor: Position;
}

/**
 * Decides what to do with one agent's messages, when everything up to `committed` is stored. Messages that arrived in
 * another order than they were sent, because several API processes share a broker, are sorted first. Pure.
 */
export function admitAll<T extends Sequenced>(committed: Position, messages: readonly T[]): Admitted<T> {
  const result: Admitted<T> = { accepted: [], duplicates: [], early: [], unsequenced: [], cursor: committed };
  for (const message of inOrder(messages)) {
    if (message.position === null) {
      result.unsequenced.push(message);
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

function inOrder<T extends Sequenced>(messages: readonly T[]): readonly T[] {
  const sorted = messages.every((message, index) => {
    const before = messages[index - 1];
    return before === undefined || compare(before, message) <= 0;
  });
  return sorted ? messages : [...messages].sort(compare);
}

function compare(a: Sequenced, b: Sequenced): number {
  if (a.position === null || b.position === null) return a.position === b.position ? 0 : a.position === null ? -1 : 1;
  return comparePositions(a.position, b.position);
}
