import { ChangeRefused } from '../engine/refusals.ts';
import type { ConfigKey } from '../format.ts';

/**
 * Which words of a command are its key; the rest is its value. Commands that are not listed are their own key, with the
 * value '' ("on"). A `*` is any word, and belongs to the key; words behind `…` stand behind the value: `registrar …
 * secondary`. By what the block begins with that the command is in; '' are commands of any block.
 */
export type CommandKeys = Readonly<Record<string, readonly string[]>>;

/** How the parts of a key are joined: blocks from the outside in, then the command. */
export const PATH_SEPARATOR = ' > ';

export interface Command {
  /** Of the command alone, without its blocks. */
  readonly key: ConfigKey;
  /** '' where a command is on; `no` or `no …` where it is negated. */
  readonly value: string;
}

interface CommandKey {
  readonly head: readonly string[];
  readonly tail: readonly string[];
}

export function wordsOf(text: string): string[] {
  return text.split(/[ \t]+/).filter((word) => word !== '');
}

/** A command by the words of its key. `block` is the command that begins the block it is in; '' at the top. */
export function readCommand(keys: CommandKeys, block: string, text: string): Command {
  const command = text.trim();
  const negated = /^no[ \t]/.test(command);
  const positive = negated ? command.slice(2).trimStart() : command;
  const { key, value } = split(keys, block, positive, negated);
  if (!negated) return { key, value };
  return { key, value: value === '' ? 'no' : `no ${value}` };
}

function split(keys: CommandKeys, block: string, text: string, negated: boolean): Command {
  const words = wordsOf(text);
  const found = bestOf(keys, block, (candidate) => matches(candidate, words));
  if (found !== undefined) {
    const value = between(text, found.head.length, found.tail.length);
    const key = [...words.slice(0, found.head.length), ...found.tail].join(' ');
    if (negated || wordsOf(value)[0] !== 'no') return { key, value };
  }
  return { key: words.join(' '), value: '' };
}

/** The text that is a command with this key and value. Throws where it would be read as another one. */
export function writeCommand(keys: CommandKeys, block: string, path: ConfigKey, command: Command): string {
  const { key, value } = command;
  const words = wordsOf(key);
  const found = bestOf(keys, block, (candidate) => isKeyOf(candidate, words));
  const negated = value === 'no' || value.startsWith('no ');
  const rest = negated ? value.slice(3) : value;
  const tailWords = found?.tail.length ?? 0;
  const head = words.slice(0, words.length - tailWords);
  const text = [negated ? 'no' : '', ...head, rest, ...words.slice(words.length - tailWords)]
    .filter((w) => w !== '')
    .join(' ');
  const again = readCommand(keys, block, text);
  if (again.key === key && again.value === value) return text;
  const allowed = found === undefined ? ': it can be on (an empty value) or "no"' : '';
  throw new ChangeRefused(path, `the value of ${path} would be read as another command${allowed}`);
}

function bestOf(keys: CommandKeys, block: string, fits: (key: CommandKey) => boolean): CommandKey | undefined {
  const length = ({ head, tail }: CommandKey) => head.length + tail.length;
  return Object.entries(keys)
    .filter(([begin]) => begin === '' || block === begin || block.startsWith(`${begin} `))
    .flatMap(([, commands]) => commands.map(commandKey))
    .filter(fits)
    .sort((a, b) => length(b) - length(a))[0];
}

function commandKey(text: string): CommandKey {
  const [head = '', tail = ''] = text.split('…');
  return { head: wordsOf(head), tail: wordsOf(tail) };
}

function matches({ head, tail }: CommandKey, words: readonly string[]): boolean {
  if (words.length < head.length + tail.length) return false;
  const end = words.length - tail.length;
  return (
    head.every((word, at) => word === '*' || word === words[at]) && tail.every((word, at) => word === words[end + at])
  );
}

function isKeyOf(key: CommandKey, words: readonly string[]): boolean {
  return words.length === key.head.length + key.tail.length && matches(key, words);
}

/** The text without so many words at its begin and its end, as it stands. */
function between(text: string, head: number, tail: number): string {
  let [start, end] = [0, text.length];
  const isSpace = (at: number) => text[at] === ' ' || text[at] === '\t';
  for (let word = 0; word < head; word++) {
    while (start < end && isSpace(start)) start += 1;
    while (start < end && !isSpace(start)) start += 1;
  }
  for (let word = 0; word < tail; word++) {
    while (end > start && isSpace(end - 1)) end -= 1;
    while (end > start && !isSpace(end - 1)) end -= 1;
  }
  return text.slice(start, end).trim();
}
