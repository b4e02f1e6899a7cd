import type { ConfigChangeError, ConfigError, ConfigKey } from '../format.ts';

/** Thrown inside a format where a file cannot be read; a format answers with its errors and never throws it. */
export class FileRefused extends Error {
  readonly errors: readonly ConfigError[];
  constructor(line: number | null, expected: string, found: string) {
    super(`line ${line ?? '-'}: expected ${expected}, found ${found}`);
    this.errors = [{ line, expected, found }];
  }
}

/** Thrown inside a format where a change cannot be made; a format answers with its errors and never throws it. */
export class ChangeRefused extends Error {
  readonly errors: readonly ConfigChangeError[];
  constructor(key: ConfigKey, reason: string, character: string | null = null) {
    super(reason);
    this.errors = [{ key, character, reason }];
  }
}
