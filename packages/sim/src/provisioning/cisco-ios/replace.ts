import type { ConfigNode } from '../text-config.ts';

export interface ReplaceOptions {
  /** `revert trigger error`. */
  readonly revertOnError: boolean;
  /** `timer`, minutes; null without. */
  readonly minutes: number | null;
}

export interface Replaced {
  readonly next: ConfigNode;
  readonly output: string;
  /** When it goes back unless it is confirmed, ms since the epoch. */
  readonly revertAt: number | null;
}

/**
 * `configure replace`: the file is the whole configuration. Lines that fail are printed and left out, after five passes;
 * with `revert trigger error` they make the unit keep what it had.
 */
export function replaceConfig(
  running: ConfigNode,
  wanted: ConfigNode,
  failed: readonly string[],
  { revertOnError, minutes }: ReplaceOptions,
  now: number,
): Replaced {
  const revertAt = minutes === null ? null : now + minutes * 60_000;
  const timed = minutes === null ? '' : `Timed Rollback: Backing up current running config to archive\n`;
  if (failed.length === 0) {
    return { next: wanted, revertAt, output: `${timed}Total number of passes: 1\nRollback Done\n\n` };
  }
  const list = `The following commands are failed to apply to the IOS image.\n${bar}\n${failed.join('\n')}\n${bar}\n`;
  if (revertOnError) {
    return {
      next: running,
      revertAt: null,
      output: `${timed}${list}Rollback aborted: reverting to the original configuration.\n\n`,
    };
  }
  return {
    next: wanted,
    revertAt,
    output: `${timed}${list}Total number of passes: 5\nRollback aborted after 5 passes\n\n`,
  };
}

const bar = '********';
