import {
  Controller,
  Get,
  Inject,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { LIVE_PATH, LIVE_PERMISSION } from '@loopstart/contracts';
import { allows } from '@loopstart/domain';
import type { Request, Response } from 'express';
import { LiveBus } from '../../core/bus/live-bus.ts';
import { CLOCK, type Clock } from '../../core/clock.ts';
import { notAllowed } from '../../core/http/not-allowed.ts';
import { ProblemError } from '../../core/http/problem-error.ts';
import { LOGGER, type Logger } from '../../core/observe/logger.ts';
import { SessionService } from '../../core/session/session.service.ts';
import { LiveStream } from './live-stream.ts';
import { hasGrown, type SeenPlaces, shows, StreamPlaces } from './stream-places.ts';
import { OpenStreams, STREAMS_PER_SESSION_MAX } from './open-streams.ts';

/** Proxies and browsers close a connection that is silent. */
const HEARTBEAT_MS = 15_000;
/** How soon after signing out, in any process, a stream ends. */
const SESSION_CHECK_MS = 1_000;

/** Changes as server-sent events, of what the caller sees alone. */
@Controller()
export class LiveController implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: LiveBus,
    private readonly seen: StreamPlaces,
    private readonly sessions: SessionService,
    private readonly streams: OpenStreams,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#checkLater();
  }

  /**
   * `user`: the user for whom the browser opens the stream. It reconnects automatically, perhaps after another user has
   * signed in.
   */
  @Get(LIVE_PATH)
  async live(@Req() request: Request, @Res() response: Response, @Query('user') user?: unknown): Promise<void> {
    const cookie = request.headers.cookie;
    const caller = await this.sessions.callerOf(cookie);
    const tokenHash = this.sessions.tokenHash(cookie);
    if (tokenHash === null || caller === null || (user !== undefined && user !== caller.userId))
      throw new ProblemError('not-signed-in');
    if (!allows(caller.rights, LIVE_PERMISSION)) throw notAllowed(LIVE_PERMISSION, caller.rights);
    let places = await this.seen.of(caller.scope);
    const stream = new LiveStream(response, this.now());
    if (!this.streams.add(tokenHash, stream))
      throw new ProblemError('too-many-requests', {
        detail: `A session may have ${STREAMS_PER_SESSION_MAX} live streams: close some tabs.`,
      });
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    // The browser was connected before and has missed the events since.
    if (request.headers['last-event-id'] !== undefined) stream.send({ type: 'resync' });
    else stream.beat();
    const unsubscribe = this.bus.subscribe(caller.operatorId, (event) => {
      if (shows(places, event)) stream.send(event);
    });
    const heartbeat = setInterval(() => {
      stream.beat();
      // What the person may see can change while the stream is open: their role, their limit, and what is at their places.
      void this.#placesNow(cookie).then(
        (now) => {
          if (now === 'nothing') return stream.end();
          if (hasGrown(places, now)) stream.send({ type: 'resync' });
          places = now;
        },
        (error: unknown) => this.log.debug({ err: error }, 'failed to look up what a live stream shows'),
      );
    }, HEARTBEAT_MS);
    response.on('close', () => {
      clearInterval(heartbeat);
      unsubscribe();
      this.streams.remove(tokenHash, stream);
    });
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.streams.endAll();
  }

  /** Streams keep connections open, so they end before the server waits for its connections. */
  beforeApplicationShutdown(): void {
    this.onApplicationShutdown();
  }

  async #placesNow(cookie: string | undefined): Promise<SeenPlaces | null | 'nothing'> {
    const caller = await this.sessions.callerOf(cookie);
    return caller !== null && allows(caller.rights, LIVE_PERMISSION) ? this.seen.of(caller.scope) : 'nothing';
  }

  /** One check at a time, so that a slow database gets no more queries. */
  #checkLater(): void {
    this.#timer = setTimeout(async () => {
      // Sessions that cannot be looked up now are looked up again in a second.
      await this.streams
        .endOfEnded()
        .catch((error: unknown) => this.log.debug({ err: error }, 'failed to look up the sessions of live streams'));
      if (this.#timer !== undefined) this.#checkLater();
    }, SESSION_CHECK_MS).unref();
  }
}
