import { ChangeRefused } from '../engine/refusals.ts';
import type { ConfigChange } from '../format.ts';
import { isBlock } from './block-tree.ts';
import { type CliDialect, type CliDocument, splitPath } from './cli-document.ts';
import { commandText, blocksAround } from './write-cli.ts';

/** Commands that make the changes on a unit that merges them: each in its block, removals as `no …`. */
export function incrementalCli(
  dialect: CliDialect,
  changes: readonly ConfigChange[],
  document: CliDocument | null,
): string[] {
  const lines: string[] = [];
  let inside: readonly string[] = [];
  for (const change of changes) {
    const text =
      change.kind === 'set' ? commandText(dialect, change.key, change.value) : removalOf(dialect, change.key, document);
    const blocks = blocksAround(splitPath(change.key).path);
    const common = blocks.findIndex((block, at) => block !== inside[at]);
    const shared = common === -1 ? blocks.length : common;
    // A unit leaves a block at the next command of an outer one; to come back from a nested block, it is entered again.
    const entered = shared < inside.length ? 0 : shared;
    for (const [depth, block] of blocks.entries()) {
      if (depth >= entered) lines.push(dialect.indent.repeat(depth) + commandText(dialect, block, ''));
    }
    lines.push(dialect.indent.repeat(blocks.length) + text);
    inside = change.kind === 'set' && isEnteredBy(change.key, changes) ? [...blocks, change.key] : blocks;
  }
  return lines;
}

/** Whether later changes are in the block that this one makes. */
function isEnteredBy(key: string, changes: readonly ConfigChange[]): boolean {
  return changes.some((other) => blocksAround(splitPath(other.key).path).includes(key));
}

function removalOf(dialect: CliDialect, key: string, document: CliDocument | null): string {
  const [node] = document?.structure.nodes.get(key) ?? [];
  if (node === undefined) {
    throw new ChangeRefused(key, `${key} cannot be removed: the configuration of the unit does not show it`);
  }
  const command = node.text;
  if (isBlock(node) || !command.startsWith('no ')) return `no ${command}`;
  if (dialect.defaultCommand !== null) return `${dialect.defaultCommand} ${command.slice(3)}`;
  throw new ChangeRefused(key, `${key} cannot be removed: no command is known that undoes "${command}"`);
}
