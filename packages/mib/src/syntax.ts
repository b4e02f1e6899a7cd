/**
 * How the objects of LOOPSTART-MIB are described. One description makes the MIB text, its page in the documents, and the
 * values that an agent answers with.
 */

/** The type of an object, of those that SMIv2 has (RFC 2578 section 7.1, RFC 2579). */
export type Syntax =
  | { base: 'text'; max: number }
  | { base: 'uuid' }
  | { base: 'time' }
  | { base: 'integer'; min: number; max: number; unit?: string }
  | { base: 'gauge' }
  /** Words by their number: the first is 1. */
  | { base: 'words'; words: readonly string[] };

/** What one object holds: null where there is no instance. */
export type Value = string | number | null;

export interface MibObject<Row> {
  /** Descriptor in the MIB, unique in it. */
  name: string;
  /** Last sub-identifier, never used again for something else. */
  arc: number;
  syntax: Syntax;
  description: string;
  /** A part of the index: it has no instance of its own (RFC 2578 section 7.7). */
  index?: true;
  value: (row: Row) => Value;
}

export interface MibTable<Row> {
  /** Descriptor of the table, such as `lsGatewayTable`; its entry is `lsGatewayEntry`. */
  name: string;
  arc: number;
  description: string;
  /** Index objects of another table, before its own. */
  indexedBy?: readonly string[];
  objects: readonly MibObject<Row>[];
}

/** Scalars of one subject, each with the instance 0. */
export interface MibGroup<Row> {
  name: string;
  arc: number;
  description: string;
  objects: readonly MibObject<Row>[];
}

/** A word as a label of a named number: `off-hook` is `offHook` (RFC 2578 section 7.1.1 allows no hyphen). */
export const labelOf = (word: string): string =>
  word.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
