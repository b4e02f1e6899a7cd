import type { Access, PermissionName } from '@loopstart/domain';
import { z } from 'zod';

export { type Role, ROLES } from '@loopstart/domain';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One REST operation: the single definition of its route, who may call it, and its schemas. */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  id: string;
  method: HttpMethod;
  /** Express style, for example `/api/v1/sites/:siteId`. */
  path: string;
  summary: string;
  /** What a caller must have; the table of rights has the roles of each permission. */
  permission: Access;
  params: P;
  query: Q;
  body: B;
  response: R;
  status: 200 | 201 | 202 | 204;
  /** A dangerous act: the person must have proved who they are within the minutes of their operator's policy. */
  stepUp?: true;
  /** The media type of an answer that is not JSON: a stream that no schema checks. */
  media?: FileMedia;
}

export type FileMedia = 'text/csv' | 'application/x-ndjson';

const Nothing = z.object({});
const NoContent = z.undefined();

/** Declares an endpoint; params, query and body default to empty, the response to 204. */
export function endpoint<
  P extends z.ZodType = typeof Nothing,
  Q extends z.ZodType = typeof Nothing,
  B extends z.ZodType = typeof Nothing,
  R extends z.ZodType = typeof NoContent,
>(spec: {
  id: string;
  method: HttpMethod;
  path: string;
  summary: string;
  permission: Access;
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  status?: 200 | 201 | 202 | 204;
  stepUp?: true;
}): Endpoint<P, Q, B, R> {
  return {
    ...spec,
    params: (spec.params ?? Nothing) as P,
    query: (spec.query ?? Nothing) as Q,
    body: (spec.body ?? Nothing) as B,
    response: (spec.response ?? NoContent) as R,
    status: spec.status ?? (spec.response === undefined ? 204 : 200),
  };
}

interface FileSpec<Q extends z.ZodType> {
  id: string;
  path: string;
  summary: string;
  permission: PermissionName;
  query: Q;
}

/** Declares an endpoint that answers a list as CSV, row by row. */
export function csvEndpoint<Q extends z.ZodType>(spec: FileSpec<Q>) {
  return fileEndpoint({ ...spec, media: 'text/csv' });
}

/** Declares an endpoint that answers a list as a file of this type, row by row. */
export function fileEndpoint<Q extends z.ZodType>(
  spec: FileSpec<Q> & { media: FileMedia },
): Endpoint<typeof Nothing, Q, typeof Nothing, z.ZodString> {
  return { ...spec, method: 'GET', params: Nothing, body: Nothing, response: z.string(), status: 200 };
}
