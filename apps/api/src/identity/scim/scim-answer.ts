import { createHash } from 'node:crypto';
import type { Response } from 'express';

/** A resource as it is answered. Its version is of all that is in it, so that whatever changed it is noticed. */
export type ScimResource = {
  id: string;
  schemas: string[];
  meta: { resourceType: string; location: string; version: string; created: string; lastModified: string };
} & Record<string, unknown>;

/** Answers as SCIM (RFC 7644, section 3.1). */
export function sendScim(response: Response, status: number, body: object | null): void {
  response.status(status).setHeader('cache-control', 'no-store');
  if (body === null) response.end();
  else response.type('application/scim+json').send(JSON.stringify(body));
}

/** Answers with one resource: its version and where it is. */
export function sendResource(response: Response, status: number, full: ScimResource, shown: object = full): void {
  response.setHeader('etag', full.meta.version);
  if (status === 201) response.setHeader('location', full.meta.location);
  sendScim(response, status, shown);
}

/** The resource with a weak entity tag of all that is in it (RFC 7644, section 3.14). */
export function versioned(
  resource: Omit<ScimResource, 'meta'> & { id: string; schemas: string[]; meta: Omit<ScimResource['meta'], 'version'> },
): ScimResource {
  const tag = createHash('sha256').update(JSON.stringify(resource)).digest('base64url').slice(0, 22);
  return { ...resource, meta: { ...resource.meta, version: `W/"${tag}"` } };
}

/** Whether a version is named by a header such as If-Match. */
export const isNamed = (header: string, version: string): boolean =>
  header.trim() === '*' || header.split(',').some((one) => weak(one) === weak(version));

const weak = (tag: string): string => tag.trim().replace(/^W\//, '');
