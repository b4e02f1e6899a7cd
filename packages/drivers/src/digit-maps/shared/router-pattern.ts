import { keysOf, type KeySet, oneOf, type Regular, repeatOf, sequenceOf } from '@loopstart/domain';
import { atKey, readKey, readSet } from './elements.ts';
import type { Reader } from './reader.ts';

/** A pattern of a call router (Cisco IOS dial peers, Patton routing tables). */
export interface RouterPattern {
  readonly regular: Regular;
  /** Keys that the pattern names one by one: the pattern with more of them is the longer explicit match. */
  readonly explicitKeys: number;
  /** `T`: more keys are collected until a timeout or a terminator. */
  readonly collects: boolean;
  /** `$`: nothing may follow. Without it the pattern matches every number that begins so. */
  readonly exact: boolean;
}

export interface RouterSyntax {
  /** What `.` stands for. */
  readonly anyKey: KeySet;
  /** What `T` collects. */
  readonly collected: KeySet;
}

const DEPTH_MAX = 8;
const AFTER_ELEMENT = 'a digit, *, #, ., [, (, ?, %, +, T or $';

interface Counted {
  readonly regular: Regular;
  readonly explicitKeys: number;
}

function readAtom(reader: Reader, syntax: RouterSyntax, depth: number): Counted {
  if (reader.takeIf('(')) {
    if (depth === DEPTH_MAX) reader.fail(`at most ${DEPTH_MAX} groups inside each other`);
    const inner = readSequence(reader, syntax, depth + 1);
    reader.expect(')');
    return inner;
  }
  if (reader.takeIf('.')) return { regular: oneOf(syntax.anyKey), explicitKeys: 0 };
  if (reader.takeIf('[')) {
    const keys = readSet(reader, { others: syntax.anyKey });
    return { regular: oneOf(keys), explicitKeys: keysOf(keys).length === 1 ? 1 : 0 };
  }
  if (reader.takeIf('\\')) {
    if (!atKey(reader, true)) reader.fail('a key after the escape sign');
    return { regular: oneOf(readKey(reader)), explicitKeys: 1 };
  }
  if (!atKey(reader, true)) reader.fail(AFTER_ELEMENT);
  return { regular: oneOf(readKey(reader)), explicitKeys: 1 };
}

function readSequence(reader: Reader, syntax: RouterSyntax, depth: number): Counted {
  const parts: Regular[] = [];
  let explicitKeys = 0;
  while (!reader.done && !'T$)'.includes(reader.peek)) {
    if (reader.takeIf(',')) continue;
    const atom = readAtom(reader, syntax, depth);
    const [min, max] = reader.takeIf('?')
      ? [0, 1]
      : reader.takeIf('%')
        ? [0, null]
        : reader.takeIf('+')
          ? [1, null]
          : [1, 1];
    parts.push(min === 1 && max === 1 ? atom.regular : repeatOf(atom.regular, min, max));
    if (min === 1) explicitKeys += atom.explicitKeys;
  }
  if (parts.length === 0 && (depth > 0 || reader.peek !== 'T')) reader.fail(AFTER_ELEMENT);
  return { regular: sequenceOf(parts), explicitKeys };
}

/** Reads a pattern up to `T`, `$` or the end. A `T` with what follows it is left to the vendor. */
export function readRouterPattern(reader: Reader, syntax: RouterSyntax): RouterPattern {
  const { regular, explicitKeys } = readSequence(reader, syntax, 0);
  if (reader.peek === ')') reader.fail('no ) without (');
  const collects = reader.takeIf('T');
  const exact = !collects && reader.takeIf('$');
  const rest = collects ? syntax.collected : exact ? 0 : 0xffff;
  return {
    regular: rest === 0 ? regular : sequenceOf([regular, repeatOf(oneOf(rest), 0, null)]),
    explicitKeys,
    collects,
    exact,
  };
}

/** The longest explicit match; the first of equals. */
export const mostExplicit = (
  patterns: readonly { readonly explicitKeys: number }[],
  complete: readonly number[],
): number =>
  complete.reduce((best, rule) => (patterns[rule]!.explicitKeys > patterns[best]!.explicitKeys ? rule : best));
