import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { ERROR_CODES, type ErrorCode, type Problem } from '@loopstart/contracts';
import type { Response } from 'express';
import { CLOCK, type Clock } from '../clock.ts';
import { LOGGER, type Logger } from '../observe/logger.ts';
import type { LoopstartRequest } from './implements.ts';
import { originNow } from './origin.ts';
import { ProblemError } from './problem-error.ts';
import { RefusalLog } from './refusal-log.ts';
import { requestIdOf } from './request-id.ts';

const BY_STATUS: Record<number, ErrorCode> = {
  400: 'invalid-input',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  413: 'too-large',
  429: 'too-many-requests',
  503: 'not-ready',
};

/** SQLSTATEs caused by the request and not by the service. */
const BY_SQLSTATE: Record<string, ErrorCode> = {
  '23505': 'already-exists',
  '23503': 'not-found',
  // Values that the contract permits and no column takes: a time or number out of range.
  '22003': 'invalid-input',
  '22007': 'invalid-input',
  '22008': 'invalid-input',
};

/** Every error is answered as problem details (RFC 9457): a public code and text; the cause stays in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #refusals: RefusalLog;

  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(CLOCK) now: Clock,
  ) {
    this.#refusals = new RefusalLog(log, now);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const request = http.getRequest<LoopstartRequest>();
    const requestId = requestIdOf(request);
    const problem = toProblem(error, requestId);
    if (problem.status >= 500) this.log.error({ err: error, requestId }, 'request failed');
    const { path = 'none' } = (request.route ?? {}) as { path?: string };
    const route = `${request.method} ${path}`;
    this.#refusals.note({ code: problem.code, route, requestId, address: originNow().address, caller: request.caller });
    if (response.headersSent) {
      response.end();
      return;
    }
    if (error instanceof ProblemError && error.retryAfterS !== undefined)
      response.setHeader('retry-after', String(error.retryAfterS));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

function toProblem(error: unknown, requestId: string): Problem {
  const code = codeOf(error);
  const { status, title } = ERROR_CODES[code];
  const problem: Problem = { type: `/docs/errors/${code}`, title, status, code, requestId };
  if (outOfScope(error)) problem.detail = 'This is outside of the places that you are limited to.';
  if (error instanceof ProblemError) {
    if (error.detail !== undefined) problem.detail = error.detail;
    if (error.fields !== undefined) problem.fields = error.fields;
    if (error.touched !== undefined) problem.touched = error.touched;
  }
  return problem;
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof ProblemError) return error.code;
  if (error instanceof HttpException) return ofStatus(error.getStatus());
  const { type, status, code, meta } = error as { type?: string; status?: number; code?: string; meta?: unknown };
  // Refusals of the body parser have a type such as entity.parse.failed and a 4xx status.
  if (type !== undefined && status !== undefined) return ofStatus(status);
  // Prisma: P2002 unique constraint, P2003 foreign key, P2025 record not there.
  if (outOfScope(error)) return 'not-allowed';
  if (meta !== undefined && code === 'P2002') return 'already-exists';
  if (meta !== undefined && (code === 'P2003' || code === 'P2025')) return 'not-found';
  if (code === 'ECONNREFUSED' || code === '57P01' || code === '57P03' || code === '08006') return 'not-ready';
  return BY_SQLSTATE[code ?? ''] ?? 'internal';
}

/** Whether a row policy refused what was written: the scope of the caller does not reach so far. */
function outOfScope(error: unknown): boolean {
  return error instanceof Error && /new row violates row-level security policy/.test(error.message);
}

function ofStatus(status: number): ErrorCode {
  return BY_STATUS[status] ?? (status < 500 ? 'invalid-input' : 'internal');
}
