import { json, type Request, type Response } from 'express';
import { z } from 'zod';
import { ScimError } from './scim-error.ts';

const BODY_LIMIT = '1mb';
const parse = json({ limit: BODY_LIMIT, type: ['application/scim+json', 'application/json'], strict: true });

/** Reads the body, once it is known who asks: a stranger's body is not kept in memory. */
export async function readBody(request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error)));
  });
}

/** The body by its schema. Throws `invalidSyntax` naming what was expected. */
export function bodyOf<T extends z.ZodType>(request: Request, schema: T): z.output<T> {
  const body: unknown = request.body;
  if (body === undefined) throw new ScimError(415, 'Send the body as application/scim+json.');
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.map(String).join('.') || 'the body';
  throw new ScimError(400, `${where}: expected ${issue.message}`.slice(0, 300), 'invalidSyntax');
}
