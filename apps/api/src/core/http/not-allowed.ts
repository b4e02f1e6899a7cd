import type { Access, Rights } from '@loopstart/domain';
import { ProblemError } from './problem-error.ts';

/** The refusal of rights that lack a permission. */
export const notAllowed = (access: Access, { title }: Pick<Rights, 'title'>): ProblemError =>
  new ProblemError('not-allowed', { detail: `This needs the permission ${access}, which the role ${title} lacks.` });
