import { type Access, type Rights, WHOLE_OPERATOR_ONLY } from '@loopstart/domain';
import { ProblemError } from './problem-error.ts';

/** The refusal of rights that lack a permission. */
export const notAllowed = (access: Access, { title, limited }: Pick<Rights, 'title' | 'limited'>): ProblemError =>
  new ProblemError('not-allowed', {
    detail:
      limited && (WHOLE_OPERATOR_ONLY as ReadonlySet<string>).has(access)
        ? `This needs the permission ${access}, which nobody has who is limited to places.`
        : `This needs the permission ${access}, which the role ${title} lacks.`,
  });
