/**
 * Which words of a command are its key; the rest is its value. Commands that are not listed are their own key, with the
 * value '' ("on"). A `*` is any word, and belongs to the key; words behind `…` stand behind the value: `registrar …
 * secondary`. By what the block begins with that the command is in; '' are commands of any block.
 */
export type CommandKeyList = Readonly<Record<string, readonly string[]>>;

interface CommandKey {
  readonly block: string;
  readonly head: readonly string[];
  readonly tail: readonly string[];
}

/** The list by the first word of the command, longest keys first. */
export type CommandKeys = ReadonlyMap<string, readonly CommandKey[]>;

export function commandKeys(list: CommandKeyList): CommandKeys {
  const all = Object.entries(list).flatMap(([block, commands]) =>
    commands.map((command): CommandKey => {
      const [head = '', tail = ''] = command.split('…');
      return { block, head: wordsOf(head), tail: wordsOf(tail) };
    }),
  );
  const length = ({ head, tail }: CommandKey) => head.length + tail.length;
  return Map.groupBy(
    all.sort((a, b) => length(b) - length(a)),
    ({ head }) => head[0] ?? '',
  );
}

/** How many words of a command are before its value and behind it; null: it is its own key. */
export function keyOfCommand(
  keys: CommandKeys,
  block: string,
  words: readonly string[],
): { head: number; tail: readonly string[] } | null {
  const found = keys.get(words[0] ?? '')?.find((key) => isIn(block, key.block) && matches(key, words));
  return found === undefined ? null : { head: found.head.length, tail: found.tail };
}

/** The same for a key alone, without a value. */
export function keyByItsWords(
  keys: CommandKeys,
  block: string,
  words: readonly string[],
): { head: number; tail: readonly string[] } | null {
  const found = keys
    .get(words[0] ?? '')
    ?.find(
      (key) => isIn(block, key.block) && words.length === key.head.length + key.tail.length && matches(key, words),
    );
  return found === undefined ? null : { head: found.head.length, tail: found.tail };
}

export function wordsOf(text: string): string[] {
  return text.split(/[ \t]+/).filter((word) => word !== '');
}

function isIn(block: string, begin: string): boolean {
  return begin === '' || block === begin || block.startsWith(`${begin} `);
}

function matches({ head, tail }: CommandKey, words: readonly string[]): boolean {
  const end = words.length - tail.length;
  if (end < head.length) return false;
  return (
    head.every((word, at) => word === '*' || word === words[at]) && tail.every((word, at) => word === words[end + at])
  );
}
