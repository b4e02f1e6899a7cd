import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Endpoint } from '@loopstart/contracts';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import { type Caller, ENDPOINT, type LoopstartRequest, type Person } from './implements.ts';
import { ProblemError } from './problem-error.ts';
import { requestIdOf } from './request-id.ts';

/**
 * Validates a request against its endpoint, and removes everything from the answer that the endpoint does not declare.
 */
@Injectable()
export class CallInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const endpoint = this.reflector.get<Endpoint | undefined>(ENDPOINT, context.getHandler());
    if (endpoint === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<LoopstartRequest>();
    request.call = {
      params: validated(endpoint.params, request.params, 'path'),
      query: validated(endpoint.query, request.query, 'query'),
      body:
        endpoint.method === 'GET' || endpoint.method === 'DELETE'
          ? {}
          : validated(endpoint.body, request.body ?? {}, 'body'),
      get caller(): Caller {
        if (request.caller === undefined) throw new ProblemError('not-signed-in');
        return request.caller;
      },
      get person(): Person {
        if (this.caller.kind !== 'person') throw new ProblemError('people-only');
        return this.caller;
      },
      requestId: requestIdOf(request),
      request,
      response: context.switchToHttp().getResponse<Response>(),
    };
    if (endpoint.media !== undefined) return next.handle();
    return next
      .handle()
      .pipe(map((result: unknown) => (endpoint.status === 204 ? undefined : endpoint.response.parse(result))));
  }
}

function validated(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new ProblemError('invalid-input', {
      fields: parsed.error.issues
        .slice(0, 50)
        .map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), expected: issue.message })),
    });
  }
  const nul = pathOfNul(parsed.data, [where]);
  if (nul === null) return parsed.data;
  throw new ProblemError('invalid-input', { fields: [{ path: nul, expected: 'text without NUL characters' }] });
}

/** Path of a text with a NUL character, which no text column takes; null where none has. */
function pathOfNul(value: unknown, path: readonly string[]): string | null {
  if (typeof value === 'string') return value.includes('\0') ? path.join('.') : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, member] of Object.entries(value)) {
    if (key.includes('\0')) return path.join('.');
    const found = pathOfNul(member, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}
