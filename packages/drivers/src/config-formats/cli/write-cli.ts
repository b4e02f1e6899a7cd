import type { Creation } from '../engine/format-description.ts';
import type { Edit } from '../engine/edits.ts';
import { lineInsertion } from '../engine/lines.ts';
import { ChangeRefused } from '../engine/refusals.ts';
import { indentBefore } from '../engine/spans.ts';
import { checkAscii, checkCharacters } from '../engine/values.ts';
import type { ConfigKey } from '../format.ts';
import { type CliNode, endOf, isBlock } from './block-tree.ts';
import { type CliDialect, type CliDocument, joinPath, splitPath, withoutNumber } from './cli-document.ts';
import { PATH_SEPARATOR, writeCommand } from './command.ts';

/** The command for a setting. Throws where the value cannot stand in a command of this unit. */
export function commandText(dialect: CliDialect, key: ConfigKey, value: string): string {
  const why = 'a command cannot hold';
  checkCharacters(key, value, '?', why);
  checkAscii(key, value, why);
  checkCharacters(key, key, '', 'is no part of a command');
  const { command: numbered, block } = splitPath(key);
  const command = dialect.secretOf(numbered) === 'none' ? numbered : withoutNumber(numbered);
  if (value.trim() !== value) {
    throw new ChangeRefused(key, `the value of ${key} begins or ends with a space, which a command loses`, 'a space');
  }
  const text = writeCommand(dialect.keys, block, key, { key: command, value });
  const positive = text.replace(/^no /, '');
  const reserved = dialect.reserved.some((word) => positive === word || positive.startsWith(`${word} `));
  if (!reserved && !text.startsWith(dialect.remark) && text !== '') return text;
  throw new ChangeRefused(key, `${key} is no command that can be written here`);
}

/** What replaces a command of the file. */
export function rewriteInCli(dialect: CliDialect, document: CliDocument, key: ConfigKey, value: string): string {
  const command = commandText(dialect, key, value);
  if (document.structure.nodes.get(key)?.some(isBlock) === true) checkBlock(key, value);
  if (command.startsWith('no ') && document.structure.nodes.has(`${withoutNumber(key)} (2)`)) {
    throw new ChangeRefused(key, `${key} is one of several: it can be removed, not negated`);
  }
  return command;
}

/** A block with commands is there, or removed. */
export function checkBlock(key: ConfigKey, value: string): void {
  if (value !== '')
    throw new ChangeRefused(key, `${key} is a block with other commands: it can be removed, not negated`);
}

/** New commands in their blocks, and new blocks with their commands. */
export function createInCli(dialect: CliDialect, document: CliDocument, creations: readonly Creation[]): Edit[] {
  const created = new Set(creations.map(({ key }) => key));
  const { text } = document.source;
  return creations.flatMap(({ key, value }) => {
    const command = commandText(dialect, key, value);
    const { path } = splitPath(key);
    // Written with the block that it is in.
    if (created.has(path)) return [];
    const inside = linesInside(dialect, creations, key);
    if (inside.length > 0) checkBlock(key, value);
    const place = placeFor(dialect, document, key, command, inside.length > 0);
    const lines = [command, ...inside].map((line) => place.indent + line);
    const isTopBlock = path === '' && inside.length > 0;
    return [lineInsertion(text, place.at, isTopBlock ? [...lines, dialect.blockEnd] : lines)];
  });
}

/** What else is created in a new block, indented below it. */
function linesInside(dialect: CliDialect, creations: readonly Creation[], block: ConfigKey): string[] {
  return creations
    .filter(({ key }) => splitPath(key).path === block)
    .flatMap(({ key, value }) => {
      const inside = linesInside(dialect, creations, key);
      if (inside.length > 0) checkBlock(key, value);
      return [commandText(dialect, key, value), ...inside];
    })
    .map((line) => dialect.indent + line);
}

function placeFor(
  dialect: CliDialect,
  { source, structure }: CliDocument,
  key: ConfigKey,
  command: string,
  asBlock: boolean,
): { at: number; indent: string } {
  const { path } = splitPath(key);
  if (path === '') {
    const before = lastOfKind(dialect, structure.roots, command);
    return { at: before === undefined ? structure.end : behindBlock(dialect, source.text, before), indent: '' };
  }
  const blocks = structure.nodes.get(path);
  const [first] = blocks ?? [];
  if (blocks === undefined || first === undefined) {
    throw new ChangeRefused(key, `there is no "${path}" to put "${command}" in; set it to an empty value too`);
  }
  const inBlock = (node: CliNode) => isBlock(node) === asBlock;
  // Where a block begins more than once, what is nested stands in an early part and what starts it in a late one.
  const block = (asBlock ? blocks.find(hasChild(inBlock)) : blocks.findLast(hasChild(inBlock))) ?? first;
  const sibling = lastOfKind(dialect, block.children.filter(inBlock), command);
  const start = block.children[0] ?? null;
  const own = indentBefore(source.text, block.line.start + indentLength(block)) + dialect.indent;
  const indent = start === null ? own : start.line.text.slice(0, indentLength(start));
  if (sibling !== undefined) return { at: endOf(sibling), indent };
  return { at: asBlock ? endOf(block) : block.next, indent };
}

function hasChild(fits: (node: CliNode) => boolean): (node: CliNode) => boolean {
  return ({ children }) => children.some(fits);
}

function indentLength({ line }: CliNode): number {
  return line.text.length - line.text.trimStart().length;
}

/** Behind which a command stands: the last of those that are not of a later kind. Starting a part comes last. */
function lastOfKind(dialect: CliDialect, siblings: readonly CliNode[], command: string): CliNode | undefined {
  const rank = rankOf(dialect, command);
  const ofRank = (fits: (rank: number) => boolean) => siblings.findLast((node) => fits(rankOf(dialect, node.text)));
  return ofRank((other) => other === rank) ?? ofRank((other) => other < rank);
}

function rankOf({ order }: CliDialect, command: string): number {
  if (/^(?:no )?shutdown$/.test(command)) return Number.POSITIVE_INFINITY;
  const at = order.findLastIndex((begin) => command === begin || command.startsWith(`${begin} `));
  return at === -1 ? order.length : at;
}

/** With the line that ends it. */
function behindBlock(dialect: CliDialect, text: string, node: CliNode): number {
  const end = endOf(node);
  const rest = text.slice(end, end + 4);
  const separator = dialect.blockEnd === '' ? /^(?:\r\n|\r|\n)/ : /^!(?:\r\n|\r|\n)/;
  return isBlock(node) ? end + (separator.exec(rest)?.[0].length ?? 0) : end;
}

/** Removed blocks with all their parts. */
export function removeFromCli(dialect: CliDialect, document: CliDocument, removed: readonly ConfigKey[]): Edit[] {
  for (const key of removed) checkNumbers(document, key, removed);
  return removed.flatMap((key) =>
    (document.structure.nodes.get(key) ?? []).map((node) => ({
      from: node.line.start,
      to: node.parent === null ? behindBlock(dialect, document.source.text, node) : endOf(node),
      text: '',
    })),
  );
}

/** One of several cannot go while a later one stays, which would get its key. */
function checkNumbers({ structure }: CliDocument, key: ConfigKey, removed: readonly ConfigKey[]): void {
  const number = Number(/ \((\d{1,3})\)$/.exec(key)?.[1] ?? 1);
  const next = `${withoutNumber(key)} (${number + 1})`;
  if (!structure.nodes.has(next) || removed.includes(next)) return;
  throw new ChangeRefused(key, `${key} cannot be removed alone: "${next}" would get its name`);
}

/** The blocks around a command, from the outside in. */
export function blocksAround(path: ConfigKey): ConfigKey[] {
  return path === ''
    ? []
    : path.split(PATH_SEPARATOR).map((_, at, parts) => parts.slice(0, at + 1).reduce(joinPath, ''));
}
