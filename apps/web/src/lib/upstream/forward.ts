import type { Problem } from '@loopstart/contracts';
import { requestHeaders, responseHeaders } from './headers.ts';
import { apiOrigin } from './origin.ts';

/**
 * Hands a request to the API and its answer back, both as streams. When the browser goes away, so does
 * the request to the API: an event stream nobody reads must not stay open.
 */
export async function forward(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const init: RequestInit & { duplex?: 'half' } = {
    method: request.method,
    headers: requestHeaders(request.headers),
    redirect: 'manual',
    signal: request.signal,
    cache: 'no-store',
  };
  if (request.body !== null && request.method !== 'GET' && request.method !== 'HEAD') {
    init.body = request.body;
    init.duplex = 'half';
  }
  try {
    const answer = await fetch(apiOrigin() + pathname + search, init);
    return new Response(answer.body, {
      status: answer.status,
      statusText: answer.statusText,
      headers: responseHeaders(answer.headers),
    });
  } catch (error) {
    // 499, as proxies log it: nobody is left to read the answer.
    if (request.signal.aborted) return new Response(null, { status: 499 });
    console.error(`The API could not be reached: ${reasonOf(error)}`);
    return Response.json(unreachable(request.headers.get('x-request-id') ?? crypto.randomUUID()), {
      status: 503,
      headers: { 'content-type': 'application/problem+json', 'retry-after': '5' },
    });
  }
}

function unreachable(requestId: string): Problem {
  return {
    type: 'about:blank',
    title: 'The service is starting or cannot be reached.',
    status: 503,
    code: 'not-ready',
    requestId,
  };
}

/** fetch says only "fetch failed"; what failed is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return String(cause instanceof Error ? cause.message : error);
}
