/** A configuration of nested lines, as IOS and SmartWare have it. */
export interface ConfigNode {
  /** What identifies it among its siblings: `station-id name`, `voice-port 0/0`. */
  readonly key: string;
  /** The whole line. */
  line: string;
  /** The mode that it opens; null for a plain line. */
  readonly mode: string | null;
  readonly children: ConfigNode[];
}

/** What a line does in one mode. */
export interface ParsedLine {
  readonly key: string;
  readonly line: string;
  readonly mode: string | null;
  /** `no …`: takes away what has this key, or begins with this text. */
  readonly removes?: string;
}

/** The lines that a mode knows; `''` is the outermost mode. Null for a line that it does not know. */
export type Grammar = (mode: string, line: string) => ParsedLine | null;

export const emptyConfig = (): ConfigNode => ({ key: '', line: '', mode: '', children: [] });

/** Applies one line to a node; returns the node that it opened, or null for a plain line. */
export function applyLine(node: ConfigNode, parsed: ParsedLine): ConfigNode | null {
  const { key, line, mode, removes } = parsed;
  if (removes !== undefined) {
    const at = node.children.findIndex((child) => child.key === key || `${child.line} `.startsWith(`${removes} `));
    if (at >= 0) node.children.splice(at, 1);
    return null;
  }
  const known = node.children.find((child) => child.key === key);
  if (known !== undefined) {
    known.line = line;
    return mode === null ? null : known;
  }
  const made: ConfigNode = { key, line, mode, children: [] };
  node.children.push(made);
  return mode === null ? null : made;
}

/** The lines of a configuration, each level indented by `indent`; top-level blocks end in `end`. */
export function printConfig(node: ConfigNode, indent: string, end: string): string {
  const lines: string[] = [];
  const print = ({ line, children }: ConfigNode, depth: number) => {
    lines.push(indent.repeat(depth) + line);
    for (const child of children) print(child, depth + 1);
  };
  let before: string | null = null;
  for (const child of node.children) {
    if (before !== null && (child.mode !== null || before !== '')) lines.push(end);
    print(child, 0);
    before = child.mode ?? '';
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** Keys with their path, `voice-port 0/0 > station-id name`, and the rest of their lines. */
export function flattenedConfig(root: ConfigNode): Map<string, string> {
  const all = new Map<string, string>();
  const walk = (node: ConfigNode, path: string) => {
    for (const child of node.children) {
      const name = path === '' ? child.key : `${path} > ${child.key}`;
      all.set(name, child.line === child.key ? '' : child.line.slice(child.key.length).trim() || child.line);
      walk(child, name);
    }
  };
  walk(root, '');
  return all;
}

/** The node with this path of keys. */
export function findNode(root: ConfigNode, path: readonly string[]): ConfigNode | undefined {
  return path.reduce<ConfigNode | undefined>((node, key) => node?.children.find((child) => child.key === key), root);
}
