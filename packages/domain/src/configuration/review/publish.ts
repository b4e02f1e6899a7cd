import { type ConfigCheck, effectOf } from './checks.ts';

/** What decides whether a draft becomes a revision. */
export interface PublishQuestion {
  /** How often each check found something. */
  readonly found: ReadonlyMap<ConfigCheck, number>;
  readonly overrides: readonly ConfigCheck[];
  /** Whether the publisher may override checks. */
  readonly mayOverride: boolean;
  readonly edits: number;
  /** The members who edited; null is a program. */
  readonly editors: readonly (string | null)[];
  readonly publisher: string | null;
  /** The operator asks for a second person. */
  readonly needsOtherPerson: boolean;
}

export type PublishVerdict =
  | { readonly verdict: 'allowed' }
  | { readonly verdict: 'nothing-changed' | 'other-person-needed' | 'override-not-allowed' }
  | { readonly verdict: 'blocked'; readonly checks: readonly ConfigCheck[] };

/** Whether a draft may be published as it is. */
export function judgePublication(question: PublishQuestion): PublishVerdict {
  if (question.edits === 0) return { verdict: 'nothing-changed' };
  if (question.overrides.length > 0 && !question.mayOverride) return { verdict: 'override-not-allowed' };
  const checks = [...question.found]
    .filter(([check, count]) => count > 0 && stops(check, question.overrides))
    .map(([check]) => check);
  if (checks.length > 0) return { verdict: 'blocked', checks };
  if (question.needsOtherPerson && isAlone(question)) return { verdict: 'other-person-needed' };
  return { verdict: 'allowed' };
}

function stops(check: ConfigCheck, overrides: readonly ConfigCheck[]): boolean {
  const effect = effectOf(check);
  return effect === 'blocks' || (effect === 'blocks-unless-overridden' && !overrides.includes(check));
}

/**
 * Whether nobody but the publisher has seen the draft: they are its only editor. A program is no second person, neither
 * as editor nor as publisher.
 */
export function isAlone({ editors, publisher }: Pick<PublishQuestion, 'editors' | 'publisher'>): boolean {
  if (publisher === null) return true;
  return editors.every((editor) => editor === null || editor === publisher);
}
