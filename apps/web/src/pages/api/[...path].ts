import type { NextApiRequest, NextApiResponse } from 'next';
import { forward } from '../../lib/upstream/forward.ts';
import { apiOrigin } from '../../lib/upstream/origin.ts';
import { upstreamPath } from '../../lib/upstream/path.ts';

/**
 * The API on the console's own origin. A handler of this kind has the bare request and answer of Node: an
 * event stream flows unbuffered, and other answers are compressed for the browser. Route handlers of `app/`
 * give neither control over encodings.
 */
export default function handler(request: NextApiRequest, response: NextApiResponse): void {
  const path = upstreamPath(request.query.path, request.url ?? '');
  if (path === null) response.status(404).end();
  else forward(request, response, new URL(path, apiOrigin()));
}

export const config = { api: { bodyParser: false, externalResolver: true, responseLimit: false } };
