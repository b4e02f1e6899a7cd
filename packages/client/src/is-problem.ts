import { ApiError, type ErrorCode } from '@loopstart/contracts';

/** Whether an error is an answer of the API with one of these codes; with no code, whether it is one at all. */
export const isProblem = (error: unknown, ...codes: readonly ErrorCode[]): error is ApiError =>
  error instanceof ApiError && (codes.length === 0 || codes.includes(error.problem.code));
