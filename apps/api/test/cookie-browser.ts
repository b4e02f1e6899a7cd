import { clientOf } from './app.ts';

/** What an endpoint answered, as far as tests of signing in read it. */
export interface Answered {
  status: number;
  body: Record<string, unknown>;
}

/** A browser that keeps its cookies. */
export function cookieBrowser(url: string) {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map((pair) => pair.join('=')).join('; ');
  return {
    jar,
    client: () => clientOf(url, cookies()),
    async send(path: string, body: unknown = {}): Promise<Answered> {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-loopstart-csrf': '1', cookie: cookies() },
        body: JSON.stringify(body),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name, value] = cookie.split(';')[0]!.split('=') as [string, string];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      const text = await response.text();
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
    },
  };
}
