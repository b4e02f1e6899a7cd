import { ChangeRefused } from '../engine/refusals.ts';
import type { ConfigChange } from '../format.ts';
import { isBlock } from './block-tree.ts';
import { type CliDialect, type CliDocument, isNegated, splitPath, withoutNumber } from './cli-document.ts';
import { keyByItsWords, wordsOf } from './command-keys.ts';
import { blocksAround, checkBlock, commandText } from './write-cli.ts';

/** Commands that make the changes on a unit that merges them: each in its block, removals as `no …`. */
export function incrementalCli(
  dialect: CliDialect,
  changes: readonly ConfigChange[],
  document: CliDocument | null,
): string[] {
  const lines: string[] = [];
  let inside: readonly string[] = [];
  for (const change of changes) {
    const isBlockHere =
      isEnteredBy(change.key, changes) || document?.structure.nodes.get(change.key)?.some(isBlock) === true;
    if (isBlockHere && change.kind === 'set') checkBlock(change.key, change.value);
    const commands = commandsFor(dialect, change, document);
    const blocks = blocksAround(splitPath(change.key).path);
    const common = blocks.findIndex((block, at) => block !== inside[at]);
    const shared = common === -1 ? blocks.length : common;
    // A unit leaves a block at the next command of an outer one; to come back from a nested block, it is entered again.
    const entered = shared < inside.length ? 0 : shared;
    for (const [depth, block] of blocks.entries()) {
      if (depth >= entered) lines.push(dialect.indent.repeat(depth) + commandText(dialect, block, ''));
    }
    lines.push(...commands.map((command) => dialect.indent.repeat(blocks.length) + command));
    inside = change.kind === 'set' && isEnteredBy(change.key, changes) ? [...blocks, change.key] : blocks;
  }
  return lines;
}

function commandsFor(dialect: CliDialect, change: ConfigChange, document: CliDocument | null): string[] {
  const { key } = change;
  if (change.kind === 'remove') return [removalOf(dialect, key, document)];
  const command = commandText(dialect, key, change.value);
  const node = document?.structure.nodes.get(key)?.[0];
  if (node === undefined || !isOneOfSeveral(dialect, key) || isBlock(node) || isNegated(node)) return [command];
  if (document?.structure.nodes.has(`${withoutNumber(key)} (2)`) === true) {
    throw new ChangeRefused(key, `${key} stands more than once, and a merge cannot say which is meant`);
  }
  return node.text === command ? [command] : [`no ${node.text}`, command];
}

/** Whether a unit would add the command to one with another value: what is not listed, such as communities of SNMP. */
function isOneOfSeveral(dialect: CliDialect, key: string): boolean {
  const { command, block } = splitPath(key);
  return dialect.secretOf(command) !== 'none' && keyByItsWords(dialect.keys, block, wordsOf(command)) === null;
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
