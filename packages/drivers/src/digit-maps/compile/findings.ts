/** Why a plan cannot be given to a gateway as it is, or what it loses there. */
export const COMPILE_CODES = [
  'invalid-plan',
  // The language has no means for it.
  'cannot-bar',
  'cannot-rewrite',
  'not-verified',
  'too-long',
  'too-many-rules',
  'too-complex',
  'not-rendered',
  // The rendered map does something else than the plan.
  'bar-missing',
  'cut-off',
  'not-sent',
  'number-differs',
  'sends-more',
  'waits-longer',
  'waits-shorter',
  // A setting cannot be carried over exactly.
  'timer-rounded',
  'send-key-lost',
  'send-key-added',
] as const;
export type CompileCode = (typeof COMPILE_CODES)[number];

export interface CompileFinding {
  readonly code: CompileCode;
  /** The rule of the plan that is concerned; null where it is the plan as a whole. */
  readonly ruleId: string | null;
  /** Row or alternative of the rendered map; null where there is none. */
  readonly line: number | null;
  /** What is dialled when it shows; null where it is no matter of one number. */
  readonly dialled: string | null;
  /** One sentence in plain English. */
  readonly detail: string;
}
