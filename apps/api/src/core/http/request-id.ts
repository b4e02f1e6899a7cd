import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'x-request-id';

/** Gives each request an id (the caller's own where it has a plain form) and returns it in a header. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers[HEADER];
  const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  request.headers[HEADER] = id;
  response.setHeader(HEADER, id);
  next();
}

/** The id of a request, for logs, problems and the audit. */
export function requestIdOf(request: Request): string {
  return String(request.headers[HEADER] ?? '');
}
