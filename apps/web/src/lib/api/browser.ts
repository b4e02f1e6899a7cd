import { createClient } from '@loopstart/contracts';
import { noteServerDate } from '../clock/offset.ts';
import { Unreachable } from '../errors/unreachable.ts';
import { isAway } from '../presence.ts';
import { withConfirmedLines } from './confirm-lines.ts';
import { withProof } from './prove-again.ts';

/** Marks a request as made by the console's own code: another site's form cannot send this header. */
const CSRF = { 'x-loopstart-csrf': '1' } as const;
/** Marks a request that the page makes by itself: it does not keep an unused session open. */
const AWAY = { 'x-loopstart-away': '1' } as const;

/** Calls the API on the console's own origin, and learns from each answer what time it is there. */
const once = createClient({
  base: '',
  headers: () => (isAway() ? { ...CSRF, ...AWAY } : CSRF),
  fetch: async (url, init) => {
    const sentAtMs = Date.now();
    const response = await fetch(url, init).catch((error: unknown) => {
      // fetch throws a TypeError where the network failed; so do mistakes of ours, which are told differently.
      throw error instanceof TypeError ? new Unreachable(error) : error;
    });
    noteServerDate(response.headers.get('date'), sentAtMs, Date.now());
    return response;
  },
});

/** The same; where an act reaches many lines, the person confirms how many, and where it is dangerous, who they are. */
export const call: typeof once = (endpoint, input) =>
  withProof(() =>
    withConfirmedLines((confirm) =>
      once(
        endpoint,
        confirm === null ? input : ({ ...input, body: { ...(input?.body as object), confirm } } as typeof input),
      ),
    ),
  );
