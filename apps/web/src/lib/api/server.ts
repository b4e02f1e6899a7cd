import { createClient } from '@loopstart/contracts';
import { headers } from 'next/headers';
import { CONSOLE_KEY_HEADER } from '../upstream/headers.ts';
import { apiOrigin } from '../upstream/origin.ts';

/** How long a page waits for the API before it is sent without data; the browser then asks itself. */
const PATIENCE_MS = 4000;

/** A caller for server components, with the session of the request that is being answered. */
export async function serverCall() {
  const cookie = (await headers()).get('cookie');
  const key = process.env.LOOPSTART_CONSOLE_KEY;
  return createClient({
    base: apiOrigin(),
    // The key, without an address: the API knows that it is the console that asks, and not from where the browser did.
    headers: (): Record<string, string> => ({
      ...(cookie === null ? {} : { cookie }),
      ...(key === undefined || key === '' ? {} : { [CONSOLE_KEY_HEADER]: key }),
    }),
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
