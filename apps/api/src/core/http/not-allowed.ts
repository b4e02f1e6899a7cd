import { type Access, isProviderRight, type Rights, WHOLE_OPERATOR_ONLY } from '@loopstart/domain';
import { ProblemError } from './problem-error.ts';

/** The refusal of rights that lack a permission. */
export function notAllowed(
  access: Access,
  { title, limited, suspended }: Pick<Rights, 'title' | 'limited' | 'suspended'>,
): ProblemError {
  if (isProviderRight(access))
    return new ProblemError('not-allowed', {
      detail: `This needs the right ${access} of who runs the installation, which no role of an operator has.`,
    });
  if (suspended !== undefined) return operatorSuspended(suspended);
  return new ProblemError('not-allowed', {
    detail:
      limited && (WHOLE_OPERATOR_ONLY as ReadonlySet<string>).has(access)
        ? `This needs the permission ${access}, which nobody has who is limited to places.`
        : `This needs the permission ${access}, which the role ${title} lacks.`,
  });
}

/** The refusal of everybody's work in a suspended operator. */
export const operatorSuspended = (reason: string): ProblemError =>
  new ProblemError('operator-suspended', { detail: `The provider gave this reason: ${reason}` });
