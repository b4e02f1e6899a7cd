/** What a line does with dialled digits. */
export type DialResult =
  /** It calls this number; `at-once` without waiting for more digits, else after a silence. */
  | { readonly outcome: 'sends'; readonly number: string; readonly when: 'at-once' | 'after-silence' }
  | { readonly outcome: 'rejects' }
  /** A rule bars the number. */
  | { readonly outcome: 'barred' }
  /** The simulator has no evaluator for this unit's language. */
  | { readonly outcome: 'not-evaluated' };
