import { LIVE_PATH, LiveEvent } from '@loopstart/contracts';

/** A browser's end of the live stream. */
export interface LiveClient {
  response: Response;
  /** The next event; throws after `withinMs` without one. */
  next(withinMs?: number): Promise<LiveEvent>;
  /** Resolves when the server ended the stream. */
  ended: Promise<void>;
  close(): void;
}

/** Opens the live stream as a browser does. */
export async function listen(url: string, headers: Record<string, string>): Promise<LiveClient> {
  const controller = new AbortController();
  const response = await fetch(url + LIVE_PATH, { headers, signal: controller.signal });
  const waiting: ((event: LiveEvent) => void)[] = [];
  const arrived: LiveEvent[] = [];
  const ended = read(response, (event) => {
    const next = waiting.shift();
    if (next === undefined) arrived.push(event);
    else next(event);
  });
  ended.catch(() => undefined);
  return {
    response,
    ended,
    next: (withinMs = 5_000) => {
      const event = arrived.shift();
      if (event !== undefined) return Promise.resolve(event);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no live event came')), withinMs);
        waiting.push((later) => {
          clearTimeout(timer);
          resolve(later);
        });
      });
    },
    close: () => controller.abort(),
  };
}

async function read(response: Response, each: (event: LiveEvent) => void): Promise<void> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop()!;
    for (const part of parts) {
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (data !== undefined) each(LiveEvent.parse(JSON.parse(data)));
    }
  }
}
