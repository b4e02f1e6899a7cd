import type { ConfigDocument, Occurrence } from '../engine/document.ts';
import type { ConfigKey, SecretForm } from '../format.ts';
import { type CliNode, isBlock } from './block-tree.ts';
import { PATH_SEPARATOR, readCommand } from './command.ts';
import type { CommandKeys } from './command-keys.ts';

/** How the command line of a vendor differs from others. */
export interface CliDialect {
  readonly keys: CommandKeys;
  /** Of a line that says nothing: `!` or `#`. */
  readonly remark: string;
  /** Written behind a new block. */
  readonly blockEnd: string;
  /** By which a block is indented. */
  readonly indent: string;
  /** Beginnings of commands in the order of a file; a new one stands behind those of its kind and before later ones. */
  readonly order: readonly string[];
  /** The command that gives a negated command its default again; null: there is none for all commands. */
  readonly defaultCommand: string | null;
  /** Commands that end a file or take several lines: never written. */
  readonly reserved: readonly string[];
  secretOf(command: string): SecretForm;
}

export interface CliStructure {
  readonly roots: readonly CliNode[];
  /** By key: blocks, which can begin more than once, and commands. */
  readonly nodes: ReadonlyMap<ConfigKey, readonly CliNode[]>;
  /** Where commands of no known kind can be added. */
  readonly end: number;
}

export type CliDocument = ConfigDocument<CliStructure>;

export function joinPath(path: ConfigKey, key: ConfigKey): ConfigKey {
  return path === '' ? key : `${path}${PATH_SEPARATOR}${key}`;
}

/** The path of the blocks around a key, and the command in the innermost. */
export function splitPath(key: ConfigKey): { path: ConfigKey; command: ConfigKey; block: string } {
  const at = key.lastIndexOf(PATH_SEPARATOR);
  if (at === -1) return { path: '', command: key, block: '' };
  const path = key.slice(0, at);
  const outer = path.lastIndexOf(PATH_SEPARATOR);
  const block = outer === -1 ? path : path.slice(outer + PATH_SEPARATOR.length);
  return { path, command: key.slice(at + PATH_SEPARATOR.length), block };
}

/** Settings of a tree. A block is a setting with the value '', so that it is seen when it comes or goes. */
export function occurrencesOf(
  dialect: CliDialect,
  roots: readonly CliNode[],
): { occurrences: Occurrence[]; nodes: Map<ConfigKey, CliNode[]> } {
  const occurrences: Occurrence[] = [];
  const nodes = new Map<ConfigKey, CliNode[]>();
  const blocks = new Set<ConfigKey>();
  const walk = (siblings: readonly CliNode[], path: ConfigKey, block: string) => {
    for (const node of siblings) {
      const command = isBlock(node) ? { key: node.text, value: '' } : commandOf(dialect, block, node);
      const key = numbered(dialect, nodes, joinPath(path, command.key), node);
      const former = nodes.get(key);
      if (former === undefined) nodes.set(key, [node]);
      else former.push(node);
      if (isBlock(node)) blocks.add(key);
      // A block that begins again adds to the first; that is how files are made, and no duplicate.
      if (former === undefined || !blocks.has(key)) {
        occurrences.push(occurrenceOf(dialect, node, key, command.value));
      }
      walk(node.children, key, node.text);
    }
  };
  walk(roots, '', '');
  return { occurrences, nodes };
}

/** Several communities or passwords in one block are told apart by a number: what they are is no part of a key. */
function numbered(
  dialect: CliDialect,
  nodes: ReadonlyMap<ConfigKey, readonly CliNode[]>,
  key: ConfigKey,
  node: CliNode,
): ConfigKey {
  const isFirst = nodes.get(key)?.every(isNegated) ?? true;
  if (isFirst || isBlock(node) || isNegated(node) || dialect.secretOf(node.text) === 'none') return key;
  let number = 2;
  while (nodes.has(`${key} (${number})`)) number += 1;
  return `${key} (${number})`;
}

export function isNegated({ text }: CliNode): boolean {
  return text.startsWith('no ');
}

/** A command without the number that `numbered` gave it. */
export function withoutNumber(command: ConfigKey): ConfigKey {
  return command.replace(/ \(\d{1,3}\)$/, '');
}

function commandOf(
  { keys }: CliDialect,
  block: string,
  { line, next, text }: CliNode,
): { key: ConfigKey; value: string } {
  return next === line.next ? readCommand(keys, block, line.text) : { key: text, value: '' };
}

function occurrenceOf(dialect: CliDialect, { line, next, text }: CliNode, key: ConfigKey, value: string): Occurrence {
  const start = line.start + (line.text.length - line.text.trimStart().length);
  return {
    key,
    label: key,
    value,
    line: line.number,
    secret: dialect.secretOf(text),
    start,
    end: next === line.next ? line.start + line.text.trimEnd().length : next,
    from: line.start,
    to: next,
  };
}
