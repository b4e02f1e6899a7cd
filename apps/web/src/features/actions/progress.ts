import type { ActionState } from '@loopstart/domain';

const STEPS: readonly ActionState[] = ['queued', 'sent', 'running', 'succeeded'];

export interface Progress {
  /** Steps done out of `of`; an action that ended otherwise stays at the step it had reached, which nobody tells. */
  done: number;
  of: number;
  end: 'none' | 'good' | 'bad';
}

/** How far an action is. */
export function progressOf(state: ActionState): Progress {
  const of = STEPS.length;
  const index = STEPS.indexOf(state);
  if (state === 'succeeded') return { done: of, of, end: 'good' };
  if (index >= 0) return { done: index + 1, of, end: 'none' };
  return { done: of, of, end: 'bad' };
}
