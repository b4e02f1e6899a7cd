import type { Access, Role } from '@loopstart/domain';
import { ProblemError } from './problem-error.ts';

/** The refusal of a role that lacks a permission. */
export const notAllowed = (access: Access, role: Role): ProblemError =>
  new ProblemError('not-allowed', { detail: `This needs the permission ${access}, which the role ${role} lacks.` });
