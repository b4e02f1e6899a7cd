import type { Line } from '../engine/lines.ts';
import type { ConfigNote } from '../format.ts';
import { wordsOf } from './command-keys.ts';

/** A command with the commands of the block that it begins. */
export interface CliNode {
  readonly line: Line;
  /** Of several lines, such as a banner: behind the last one; else behind its line. */
  readonly next: number;
  readonly indent: number;
  readonly text: string;
  readonly parent: CliNode | null;
  readonly children: CliNode[];
}

/** A statement before its place in the tree is known. */
export interface CliStatement {
  readonly line: Line;
  readonly next: number;
}

/**
 * The blocks of a text by its indentation. A line that is indented further than the one before it is in its block. Else it
 * belongs to the innermost block whose commands are not indented further than it: units ignore indentation, so a file with
 * three spaces among commands with two is one that a person edited, and is noted.
 */
export function blockTree(statements: readonly CliStatement[]): { roots: CliNode[]; notes: ConfigNote[] } {
  const roots: CliNode[] = [];
  const notes: ConfigNote[] = [];
  let before: CliNode | null = null;
  for (const { line, next } of statements) {
    const indent = indentOf(line.text);
    const parent = before !== null && indent > before.indent ? before : parentOf(before, indent);
    const siblings: CliNode[] = parent?.children ?? roots;
    const expected = siblings[0]?.indent ?? (parent === null ? 0 : indent);
    if (indent !== expected) {
      const text = `line ${line.number} is indented by ${indent}, the other commands of its block by ${expected}`;
      notes.push({ kind: 'irregular-indentation', line: line.number, key: null, text });
    }
    const node: CliNode = { line, next, indent, text: wordsOf(line.text).join(' '), parent, children: [] };
    siblings.push(node);
    before = node;
  }
  return { roots, notes };
}

function parentOf(before: CliNode | null, indent: number): CliNode | null {
  let block = before?.parent ?? null;
  while (block !== null && (block.children[0]?.indent ?? 0) > indent) block = block.parent;
  return block;
}

/** A tab goes on to the next multiple of eight, as on terminals. */
function indentOf(text: string): number {
  let indent = 0;
  for (const character of text) {
    if (character === ' ') indent += 1;
    else if (character === '\t') indent += 8 - (indent % 8);
    else break;
  }
  return indent;
}

/** Behind the last command of the block. */
export function endOf(node: CliNode): number {
  const last = node.children.at(-1);
  return last === undefined ? node.next : endOf(last);
}

export function isBlock({ children }: CliNode): boolean {
  return children.length > 0;
}
