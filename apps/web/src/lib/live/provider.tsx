'use client';

import { type Gateway, LIVE_PATH, LiveEvent } from '@loopstart/contracts';
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react';
import { useAnnounce } from '../announce/announcer.tsx';
import { announcements } from './announce.ts';
import { applyToCache } from './apply-to-cache.ts';
import { type Connection, connect, type LiveStatus } from './connection.ts';
import { makeStream, type Stream } from './stream.ts';

const Status = createContext<LiveStatus>('connecting');
const Events = createContext<Stream | null>(null);

/** Several events in a row cause one fetch. */
const GATHER_MS = 1000;
/** Without a stream the page asks this often; with one it still asks now and then, should news have been lost. */
const POLL_MS = 10_000;
const SAFETY_POLL_MS = 60_000;
/** A tab out of sight gives its connection back: browsers allow six to one origin over HTTP/1.1. */
const HIDDEN_MS = 60_000;

/** One event stream for the whole tab: it changes what is shown in place, or has it fetched again. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const say = useEffectEvent((sentence: string) => announce(sentence));
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const [stream] = useState(makeStream);

  useEffect(() => {
    const gathered = gather(client);
    let connection: Connection | undefined;
    let hiding: ReturnType<typeof setTimeout> | undefined;

    const onMessage = (text: string) => {
      const event = parseEvent(text);
      if (event === null) return;
      if (event.type === 'gateway') {
        const shown = client.getQueryData<Gateway>(['getGateway', { params: { gatewayId: event.gatewayId } }]);
        for (const sentence of announcements(shown, event)) say(sentence);
      }
      applyToCache(client, event, gathered.add);
      stream.tell(event);
    };
    const start = () => {
      connection ??= connect({
        open: () => new EventSource(LIVE_PATH),
        onMessage,
        onStatus: setStatus,
        onResumed: () => {
          void client.invalidateQueries();
          stream.tell({ type: 'resync' });
        },
      });
    };
    const onVisibility = () => {
      clearTimeout(hiding);
      if (document.visibilityState === 'visible') {
        if (connection === undefined) void client.invalidateQueries();
        start();
      } else {
        hiding = setTimeout(() => {
          if (stream.isHeld()) return;
          connection?.close();
          connection = undefined;
        }, HIDDEN_MS);
      }
    };

    start();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      clearTimeout(hiding);
      gathered.stop();
      connection?.close();
    };
  }, [client, stream]);

  useEffect(() => {
    const poll = setInterval(
      () => {
        if (document.visibilityState === 'visible') void client.invalidateQueries({ predicate: isCurrentState });
      },
      status === 'live' ? SAFETY_POLL_MS : POLL_MS,
    );
    return () => clearInterval(poll);
  }, [client, status]);

  return (
    <Events value={stream}>
      <Status value={status}>{children}</Status>
    </Events>
  );
}

export function useLiveStatus(): LiveStatus {
  return use(Status);
}

/** Hears every live event, also where nothing that is shown changes. `resync` says that some may have been missed. */
export function useLiveEvents(listener: (event: LiveEvent) => void): void {
  const stream = use(Events);
  const hear = useEffectEvent(listener);
  useEffect(() => stream?.listen((event) => hear(event)), [stream]);
}

/** While `wanted`, the stream stays open though the tab is out of sight. */
export function useHeldLive(wanted: boolean): void {
  const stream = use(Events);
  useEffect(() => (wanted ? stream?.hold() : undefined), [stream, wanted]);
}

function parseEvent(text: string): LiveEvent | null {
  try {
    // An event of a newer API that this page does not know is passed over.
    const parsed = LiveEvent.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Measurements and catalogues do not change by the second; they have their own pace. */
function isCurrentState(entry: Query): boolean {
  const endpoint = String(entry.queryKey[0]);
  return !endpoint.endsWith('Series') && endpoint !== 'listDrivers' && endpoint !== 'getAgentTargets';
}

/** Collects entries to fetch again, so that a burst of events becomes one fetch of each. */
function gather(client: QueryClient) {
  const waiting = new Set<Query>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add: (entry: Query) => {
      waiting.add(entry);
      timer ??= setTimeout(() => {
        timer = undefined;
        const due = new Set(waiting);
        waiting.clear();
        void client.invalidateQueries({ predicate: (candidate) => due.has(candidate) });
      }, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
