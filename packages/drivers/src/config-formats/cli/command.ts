import { ChangeRefused } from '../engine/refusals.ts';
import type { ConfigKey } from '../format.ts';
import { type CommandKeys, keyByItsWords, keyOfCommand, wordsOf } from './command-keys.ts';

/** How the parts of a key are joined: blocks from the outside in, then the command. */
export const PATH_SEPARATOR = ' > ';

export interface Command {
  /** Of the command alone, without its blocks. */
  readonly key: ConfigKey;
  /** '' where a command is on; `no` or `no …` where it is negated. */
  readonly value: string;
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
  const found = keyOfCommand(keys, block, words);
  if (found !== null) {
    const value = between(text, found.head, found.tail.length);
    const key = [...words.slice(0, found.head), ...found.tail].join(' ');
    if (negated || !/^no(?:$|[ \t])/.test(value)) return { key, value };
  }
  return splitSecret(text, words) ?? { key: words.join(' '), value: '' };
}

/** Words that a secret stands behind. */
const SECRET_WORDS = new Set(['community', 'key', 'key-string', 'passphrase', 'password', 'secret']);

/** A secret is a value also where the command is not listed: keys are stored and shown. */
function splitSecret(text: string, words: readonly string[]): Command | null {
  const at = words.findIndex((word) => SECRET_WORDS.has(word));
  if (at === -1 || at === words.length - 1) return null;
  return { key: words.slice(0, at + 1).join(' '), value: between(text, at + 1, 0) };
}

/** The text that is a command with this key and value. Throws where it would be read as another one. */
export function writeCommand(keys: CommandKeys, block: string, path: ConfigKey, command: Command): string {
  const { key, value } = command;
  const words = wordsOf(key);
  const found = keyByItsWords(keys, block, words);
  const negated = value === 'no' || value.startsWith('no ');
  const rest = negated ? value.slice(3) : value;
  const end = words.length - (found?.tail.length ?? 0);
  const parts = [negated ? 'no' : '', ...words.slice(0, end), rest, ...words.slice(end)];
  const text = parts.filter((word) => word !== '').join(' ');
  const again = readCommand(keys, block, text);
  if (again.key === key && again.value === value) return text;
  const allowed = found === null ? ': it can be on (an empty value) or "no"' : '';
  throw new ChangeRefused(path, `the value of ${path} would be read as another command${allowed}`);
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
