import { ApiError, type Problem } from '@loopstart/contracts';
import { Unreachable } from './unreachable.ts';

/** An error as a person meets it. */
export interface Told {
  sentence: string;
  /** What can be done about it, where something can. */
  advice: string | null;
  /** To quote to support; null where no answer arrived. */
  requestId: string | null;
  /** Whether the same request could go well later. */
  retryable: boolean;
  kind: 'not-allowed' | 'not-found' | 'refused' | 'unreachable' | 'broken';
}

const ADVICE: Partial<Record<Problem['code'], string>> = {
  'wrong-credentials': 'Check both and try again.',
  'not-allowed': 'Ask an administrator of your organisation.',
  'csrf-refused': 'Reload the page and try again.',
  'not-found': 'It may have been removed, or the link is wrong.',
  'agent-silent': 'It will work again once the agent of this site is back.',
  'too-many-requests': 'Wait a minute, then try again.',
  'not-ready': 'This usually passes within a minute.',
  internal: 'If it happens again, tell support the request number.',
  'token-used': 'Make a new one.',
  'token-expired': 'Make a new one.',
};

/** The one place where what the API answers becomes what a person reads. */
export function tell(error: unknown): Told {
  if (error instanceof ApiError) {
    const { problem } = error;
    return {
      sentence: problem.detail ?? problem.title,
      advice: ADVICE[problem.code] ?? null,
      requestId: problem.requestId === '' ? null : problem.requestId,
      retryable: problem.status >= 500 || problem.status === 429,
      kind: kindOf(problem),
    };
  }
  if (error instanceof Unreachable) {
    return {
      sentence: 'The service could not be reached.',
      advice: 'Check the connection of this computer; we keep trying.',
      requestId: null,
      retryable: true,
      kind: 'unreachable',
    };
  }
  return {
    sentence: 'Something went wrong in the console.',
    advice: 'Reload the page; if it happens again, tell support what you did.',
    requestId: null,
    retryable: true,
    kind: 'broken',
  };
}

function kindOf(problem: Problem): Told['kind'] {
  if (problem.status === 403) return 'not-allowed';
  if (problem.status === 404) return 'not-found';
  if (problem.status === 503) return 'unreachable';
  return problem.status >= 500 ? 'broken' : 'refused';
}
