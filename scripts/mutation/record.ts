import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../lib/process.ts';

/**
 * The folders whose decisions are mutated: a wrong one disturbs a line in use, or prevents an outage from being
 * announced.
 */
const FOLDERS = ['packages/domain/src/action', 'packages/domain/src/alert'];
const RECORD = inRoot('scripts/mutation/record.json');

/** The record of one file: its content when it was recorded, and the result of its last mutation run. */
export interface FileRecord {
  sha256: string;
  /** Null: recorded before it was ever mutated. */
  mutants: number | null;
  survived: number | null;
}
export type MutationRecord = Record<string, FileRecord>;

/** All files that may be mutated, relative to the root of the repository. */
export function mutableFiles(): string[] {
  const visit = (folder: string): string[] =>
    readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === 'testing' ? [] : visit(path);
      return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [path] : [];
    });
  return FOLDERS.flatMap(visit).sort();
}

export function contentHash(path: string): string {
  return createHash('sha256')
    .update(readFileSync(inRoot(path)))
    .digest('hex');
}

export function readRecord(): MutationRecord {
  return existsSync(RECORD) ? (JSON.parse(readFileSync(RECORD, 'utf8')) as MutationRecord) : {};
}

/** Keeps the record in the order of paths, so that a change of one file changes one entry. */
export function writeRecord(record: MutationRecord): void {
  const sorted = Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => a.localeCompare(b)));
  writeFileSync(RECORD, `${JSON.stringify(sorted, null, 2)}\n`);
}

/**
 * Records every file without an entry as it is: from now on it is mutated when it changes. Removes files that no longer
 * exist.
 */
export function writeBaseline(): void {
  const record = readRecord();
  const entry = (path: string): FileRecord =>
    record[path] ?? { sha256: contentHash(path), mutants: null, survived: null };
  writeRecord(Object.fromEntries(mutableFiles().map((path) => [path, entry(path)])));
}

/** Files whose content is not the recorded one. */
export function changedFiles(): string[] {
  const record = readRecord();
  return mutableFiles().filter((path) => record[path]?.sha256 !== contentHash(path));
}
