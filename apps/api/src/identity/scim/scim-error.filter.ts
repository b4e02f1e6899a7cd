import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import { PatchRefusal } from '@loopstart/domain';
import { ERROR_CODES } from '@loopstart/contracts';
import type { Request, Response } from 'express';
import { ProblemError } from '../../core/http/problem-error.ts';
import { requestIdOf } from '../../core/http/request-id.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { ScimError } from './scim-error.ts';
import { sendScim } from './scim-answer.ts';

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Every error of SCIM has its form, with a status and a sentence; causes stay in the log. */
@Catch()
export class ScimErrorFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const refusal = refusalOf(error);
    if (refusal.status >= 500 && refusal.status !== 501)
      this.log.error({ err: error, requestId: requestIdOf(http.getRequest<Request>()) }, 'request of SCIM failed');
    if (error instanceof ProblemError && error.retryAfterS !== undefined)
      response.setHeader('retry-after', String(error.retryAfterS));
    sendScim(response, refusal.status, {
      schemas: [ERROR_SCHEMA],
      status: String(refusal.status),
      ...(refusal.scimType !== null && { scimType: refusal.scimType }),
      detail: refusal.message,
    });
  }
}

function refusalOf(error: unknown): ScimError {
  if (error instanceof ScimError) return error;
  if (error instanceof PatchRefusal) return new ScimError(400, error.message, error.scimType);
  if (error instanceof ProblemError) return new ScimError(ERROR_CODES[error.code].status, error.message);
  const { code, type, status } = error as { code?: string; type?: string; status?: number };
  if (code === '23505') return new ScimError(409, 'Another resource has this value.', 'uniqueness');
  if (error instanceof HttpException) return new ScimError(error.getStatus(), error.message);
  if (type === 'entity.too.large') return new ScimError(413, 'The body is larger than 1 MB.');
  if (type !== undefined && status !== undefined)
    return new ScimError(status, 'The body is no JSON that can be read.', status === 400 ? 'invalidSyntax' : null);
  return new ScimError(500, 'Loopstart failed to answer. The log has the reason.');
}
