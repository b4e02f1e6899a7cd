import { createClient } from '@loopstart/contracts';
import { headers } from 'next/headers';
import { apiOrigin } from '../upstream/origin.ts';

/** How long a page waits for the API before it is sent without data; the browser then asks itself. */
const PATIENCE_MS = 4000;

/** A caller for server components, with the session of the request that is being answered. */
export async function serverCall() {
  const cookie = (await headers()).get('cookie');
  return createClient({
    base: apiOrigin(),
    headers: (): Record<string, string> => (cookie === null ? {} : { cookie }),
    fetch: (url, init) => {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      return fetch(url, {
        ...init,
        cache: 'no-store',
        signal: init.signal ? AbortSignal.any([init.signal, patience]) : patience,
      });
    },
  });
}
