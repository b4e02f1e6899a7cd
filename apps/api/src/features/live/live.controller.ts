import { Controller, Get, Inject, type OnApplicationShutdown, Query, Req, Res } from '@nestjs/common';
import { LIVE_PATH } from '@loopstart/contracts';
import type { Request, Response } from 'express';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { LiveStream } from './live-stream.ts';

/** Proxies and browsers drop a connection that is silent; the session is looked at again as often. */
const HEARTBEAT_MS = 15_000;

/** Changes as server-sent events, of the caller's operator alone. */
@Controller()
export class LiveController implements OnApplicationShutdown {
  readonly #open = new Set<LiveStream>();

  constructor(
    private readonly bus: LiveBus,
    private readonly sessions: SessionService,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** `user`: whose stream the browser takes it for. It reconnects by itself, perhaps after somebody else has signed in. */
  @Get(LIVE_PATH)
  async live(@Req() request: Request, @Res() response: Response, @Query('user') user?: unknown): Promise<void> {
    const cookie = request.headers.cookie;
    const caller = await this.sessions.callerOf(cookie);
    if (caller === null || (user !== undefined && user !== caller.userId)) throw new ProblemError('not-signed-in');
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const stream = new LiveStream(response, this.now());
    this.#open.add(stream);
    // The browser was connected before and has missed what happened since.
    if (request.headers['last-event-id'] !== undefined) stream.send({ type: 'resync' });
    else stream.beat();
    const unsubscribe = this.bus.subscribe(caller.operatorId, (event) => stream.send(event));
    const heartbeat = setInterval(async () => {
      stream.beat();
      const still = await this.sessions.callerOf(cookie).catch(() => caller);
      if (still === null) response.end();
    }, HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      this.#open.delete(stream);
    });
  }

  onApplicationShutdown(): void {
    for (const stream of this.#open) stream.end();
  }

  /** Streams keep connections open, so they end before the server waits for its connections. */
  beforeApplicationShutdown(): void {
    this.onApplicationShutdown();
  }
}
