import { readFileSync } from 'node:fs';
import { inRoot } from '../lib/process.ts';

export interface LockedPackage {
  version?: string;
  license?: string;
  link?: boolean;
  dev?: boolean;
  devOptional?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

export interface LockFile {
  version: string;
  packages: Record<string, LockedPackage>;
}

const LOCK_FILE = inRoot('package-lock.json');

export const readLockFile = (): LockFile => JSON.parse(readFileSync(LOCK_FILE, 'utf8')) as LockFile;

/** Folders of the workspaces, as the lock file names them. */
export const workspacesOf = ({ packages }: LockFile): string[] =>
  Object.keys(packages).filter((path) => path !== '' && !path.includes('node_modules/'));
