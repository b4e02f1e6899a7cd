import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  /** Path from the root of the checkout, with forward slashes. */
  path: string;
  text: string;
  lines: number;
  /** `apps/api`, `packages/domain`, or the top folder for what is in no workspace. */
  workspace: string;
  /** Specs, their helpers and benches: counted apart, and no part of the import graph. */
  isTest: boolean;
}

const TEST = /\.(spec|bench)\.tsx?$|\/(test|testing|bench|fixtures)\/|^e2e\//;

const workspaceOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/');
  return first === 'apps' || first === 'packages' ? `${first}/${second}` : first;
};

/** Every TypeScript file that the checkout has or would have after `git add`. */
export function sourceFiles(root: string): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((path) => path !== '' && !path.endsWith('.d.ts') && existsSync(join(root, path)))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return {
        path,
        text,
        lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
        workspace: workspaceOf(path),
        isTest: TEST.test(path),
      };
    });
}
