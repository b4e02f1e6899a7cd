export { ApiError, endpoints, type Endpoints, type ErrorCode, type Problem } from '@loopstart/contracts';
export { type Credentials } from './credentials.ts';
export { isProblem } from './is-problem.ts';
export { type Loopstart, loopstart, type Options } from './loopstart.ts';
