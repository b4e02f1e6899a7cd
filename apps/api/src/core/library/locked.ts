import { type ObjectAct, operatorMay } from '@loopstart/domain';
import { ProblemError } from '../http/problem-error.ts';

/** Throws `locked-by-provider` where the provider locked the object. The database refuses it as well. */
export function refuseLocked({ locked }: { locked: boolean }, act: ObjectAct): void {
  if (operatorMay(locked ? 'locked' : 'owned', act)) return;
  throw new ProblemError('locked-by-provider', {
    detail: 'The provider of this installation published it, locked: ask the provider for a change.',
  });
}
