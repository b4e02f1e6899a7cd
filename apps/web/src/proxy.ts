import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, isHttps, securityHeaders, TRANSPORT_SECURITY } from './lib/security/headers.ts';

/** Gives every page its nonce, its Content Security Policy and the other security headers. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  // So that the console layout knows where to return to after sign-in.
  headers.set('x-console-path', request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  if (isHttps(request.nextUrl.protocol, request.headers.get('x-forwarded-proto')))
    response.headers.set('strict-transport-security', TRANSPORT_SECURITY);
  return response;
}

export const config = {
  // Everything but what the API answers itself and immutable files.
  matcher: ['/((?!api/|agent/|oauth/|scim/|mcp$|\\.well-known/|install\\.sh|_next/static|_next/image|icon\\.svg).*)'],
};
