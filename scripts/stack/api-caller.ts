import { createClient, type Endpoint, endpoints } from '@loopstart/contracts';
import type { z } from 'zod';

type Page<T> = { items: T[]; nextCursor: string | null };
type ItemOf<E extends Endpoint> = z.output<E['response']> extends { items: (infer T)[] } ? T : never;

/** The REST API as a signed-in user. */
export interface ApiCaller {
  call: ReturnType<typeof createClient>;
  /** Every item of a list, page by page. */
  all<E extends Endpoint>(endpoint: E, query?: object): Promise<ItemOf<E>[]>;
}

/** Signs in. Throws where the API refuses. */
export async function signedIn(apiUrl: string, email: string, password: string): Promise<ApiCaller> {
  const cookies = new Map<string, string>();
  const call = createClient({
    base: apiUrl,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      for (const set of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=', 2);
        cookies.set(name, value);
      }
      return response;
    },
    headers: () => ({
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-loopstart-csrf': '1',
    }),
  });
  await call(endpoints.signIn, { body: { email, password } });
  return {
    call,
    async all<E extends Endpoint>(endpoint: E, query: object = {}) {
      const items: ItemOf<E>[] = [];
      let cursor: string | null = null;
      do {
        const page = (await call(endpoint, {
          query: { ...query, limit: 500, ...(cursor === null ? {} : { cursor }) } as unknown as z.input<E['query']>,
        })) as Page<ItemOf<E>>;
        items.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return items;
    },
  };
}
