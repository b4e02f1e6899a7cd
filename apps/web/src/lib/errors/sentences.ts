import { ApiError, type Problem } from '@loopstart/contracts';
import { Unreachable } from './unreachable.ts';
import { t } from '../../messages/common.ts';

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

const ADVICE: Partial<Record<Problem['code'], string>> = t.group('advice');

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
      sentence: t('serviceNotReached'),
      advice: t('checkConnectionComputerConsole'),
      requestId: null,
      retryable: true,
      kind: 'unreachable',
    };
  }
  return {
    sentence: t('somethingWentWrongConsole'),
    advice: t('reloadPageHappensAgain'),
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
