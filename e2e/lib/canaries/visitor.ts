import { createClient } from '@loopstart/contracts';

export type Call = ReturnType<typeof createClient>;

/** An answer of the API or the console, with its header fields. */
export interface Answer {
  to: string;
  status: number;
  content: string;
}

/** Somebody with a browser. What is answered is kept, but for what may show a secret once. */
export class Visitor {
  cookies = new Map<string, string>();
  readonly #base: string;
  readonly #kept: Answer[];

  constructor(base: string, kept: Answer[]) {
    this.#base = base;
    this.#kept = kept;
  }

  /** The typed client; its answers are kept. */
  readonly call: Call = createClient({ base: '', fetch: (url, init) => this.ask(url, init) });
  /** The same for answers that show a secret once: they are not kept. */
  readonly once: Call = createClient({ base: '', fetch: (url, init) => this.ask(url, init, false) });

  async ask(path: string, init: RequestInit = {}, keeps = true): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'x-loopstart-csrf': '1', ...(cookie === '' ? {} : { cookie }), ...(init.headers as object) };
    const response = await fetch(this.#base + path, { redirect: 'manual', ...init, headers });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=', 2);
      this.cookies.set(name, value);
    }
    if (keeps) {
      const content = await response.clone().text();
      const fields = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
      this.#kept.push({
        to: `${init.method ?? 'GET'} ${path}`,
        status: response.status,
        content: `${fields}\n\n${content}`,
      });
    }
    return response;
  }

  get cookieValues(): string[] {
    return [...this.cookies.values()].filter((value) => value.length > 20);
  }
}
