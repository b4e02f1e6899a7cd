import { execFileSync } from 'node:child_process';

/**
 * Idiom that a reader has to guess at, where the field has a word: notify, report, receive, evaluate, heartbeat,
 * suppress, record (CONTRIBUTING.md, "Language"). Some uses are right ("the header says"): the number shows a
 * direction and is no rule.
 */
const IDIOM = [
  'told|tells|heard|hears|unheard|hushed|whoever|nobody|somebody|strangers?|placeless',
  'looks? at|looked at|looked for|life signs?|signs? of life|second way|set aside|stays away|goes on with',
  'written down|writes down|so long|so often|by itself|how [a-z]+ fares|what is said|has its say',
].join('|');

/** Lines with such an idiom by folder, of code, comments, texts and documents; folders without one are left out. */
export function idiomLines(root: string): [folder: string, lines: number][] {
  const found = new Map<string, number>();
  const paths = ['*.ts', '*.tsx', '*.mjs', '*.sql', '*.md', '*.prisma', ':!prisma/migrations', ':!scripts/structure'];
  const listed = execFileSync('git', ['grep', '-IciwE', IDIOM, '--', ...paths], { cwd: root, encoding: 'utf8' });
  for (const line of listed.trim().split('\n')) {
    const at = line.lastIndexOf(':');
    const folder = folderOf(line.slice(0, at));
    found.set(folder, (found.get(folder) ?? 0) + Number(line.slice(at + 1)));
  }
  return [...found].toSorted(([a], [b]) => a.localeCompare(b));
}

/** Two folders deep in workspaces, the rooms of the API apart, else one. */
function folderOf(path: string): string {
  const parts = path.split('/');
  const depth = path.startsWith('apps/api/src/') ? 4 : /^(apps|packages)\//.test(path) ? 2 : 1;
  return parts.slice(0, Math.min(depth, parts.length - 1)).join('/') || path;
}
