import { Injectable } from '@nestjs/common';
import { SessionService } from '../../core/session/session.service.ts';
import type { LiveStream } from './live-stream.ts';

/** Tabs of one browser. Each holds a connection and some memory here. */
export const STREAMS_PER_SESSION_MAX = 30;

type TokenHash = NonNullable<ReturnType<SessionService['tokenHash']>>;

/** The live streams of this process, by the session they belong to. */
@Injectable()
export class OpenStreams {
  readonly #bySession = new Map<string, { tokenHash: TokenHash; streams: Set<LiveStream> }>();

  constructor(private readonly sessions: SessionService) {}

  /** False where the session has reached its maximum. */
  add(tokenHash: TokenHash, stream: LiveStream): boolean {
    const key = Buffer.from(tokenHash).toString('hex');
    const entry = this.#bySession.get(key) ?? { tokenHash, streams: new Set() };
    if (entry.streams.size >= STREAMS_PER_SESSION_MAX) return false;
    entry.streams.add(stream);
    this.#bySession.set(key, entry);
    return true;
  }

  remove(tokenHash: TokenHash, stream: LiveStream): void {
    const key = Buffer.from(tokenHash).toString('hex');
    const streams = this.#bySession.get(key)?.streams;
    streams?.delete(stream);
    if (streams?.size === 0) this.#bySession.delete(key);
  }

  /** Ends the streams of sessions that have ended in any process: one query for all. */
  async endOfEnded(): Promise<void> {
    if (this.#bySession.size === 0) return;
    const ended = await this.sessions.ended([...this.#bySession.values()].map(({ tokenHash }) => tokenHash));
    for (const key of ended) for (const stream of this.#bySession.get(key)?.streams ?? []) stream.end();
  }

  endAll(): void {
    for (const { streams } of this.#bySession.values()) for (const stream of streams) stream.end();
  }
}
