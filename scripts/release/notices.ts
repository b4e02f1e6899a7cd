import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from '../lib/process.ts';
import { type LockedPackage, readLockFile } from './lock-file.ts';

const FILE = 'THIRD-PARTY-NOTICES.md';
/** Packages whose manifest names the licence in the form npm gave up: read in their licence file. */
const LICENCES: Record<string, string> = {
  buildcheck: 'MIT',
  busboy: 'MIT',
  'cpu-features': 'MIT',
  'seq-queue': 'MIT',
  ssh2: 'MIT',
  streamsearch: 'MIT',
};

interface Notice {
  name: string;
  version: string;
  licence: string;
}

/** The packages that an installation contains: what only develops or tests Loopstart is left out. */
export function noticesOf(packages: Record<string, LockedPackage>): Notice[] {
  const found = new Map<string, Notice>();
  for (const [path, { version, license, link, dev, devOptional }] of Object.entries(packages)) {
    const at = path.lastIndexOf('node_modules/');
    if (at === -1 || link === true || dev === true || devOptional === true || version === undefined) continue;
    const name = path.slice(at + 'node_modules/'.length);
    const licence = license ?? LICENCES[name];
    if (licence === undefined)
      throw new Error(`${name} ${version} names no licence: read its files, add it to LICENCES`);
    found.set(`${name} ${version}`, { name, version, licence });
  }
  return [...found.values()].toSorted((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** The document, from the lock file alone, so that it is the same on every machine. */
export function noticesDocument(): string {
  const notices = noticesOf(readLockFile().packages);
  const count = Map.groupBy(notices, ({ licence }) => licence);
  const summary = [...count].toSorted(([, a], [, b]) => b.length - a.length);
  return [
    '# Third-party notices',
    '',
    'Loopstart contains the following packages of others, each under its own licence. `npm run notices` writes this list',
    'from `package-lock.json`; the text of each licence is in the package itself (`node_modules`), and in',
    '`THIRD-PARTY-NOTICES.txt` of the agent bundle.',
    '',
    ...summary.map(([licence, { length }]) => `- ${licence}: ${length}`),
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...notices.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) {
  const path = inRoot(FILE);
  const document = noticesDocument();
  const isNew = !existsSync(path) || readFileSync(path, 'utf8') !== document;
  if (isNew) writeFileSync(path, document);
  process.stdout.write(`${FILE} ${isNew ? 'written' : 'is up to date'}\n`);
}
