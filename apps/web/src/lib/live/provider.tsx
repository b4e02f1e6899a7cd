'use client';

import { type Gateway, LIVE_PATH, LiveEvent } from '@loopstart/contracts';
import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react';
import { useAnnounce } from '../announce/announcer.tsx';
import { announcements } from './announce.ts';
import { applyToCache } from './apply-to-cache.ts';
import type { LiveStatus } from './connection.ts';
import { isSessionOver } from './session-over.ts';
import { shareConnection } from './shared-connection.ts';
import { makeStream, type Stream } from './stream.ts';

const Status = createContext<LiveStatus>('connecting');
const Events = createContext<Stream | null>(null);

/** Several events in a row cause one fetch. */
const GATHER_MS = 1000;
/** Without a stream the page asks this often; with one it still asks now and then, should news have been lost. */
const POLL_MS = 10_000;
const SAFETY_POLL_MS = 60_000;
/** Whose events these are. */
interface Owner {
  userId: string;
  operatorId: string;
}

/**
 * The events of the stream that all tabs of one person share: they change what is shown in place, or have it fetched
 * again. `onOver` runs when the session has ended or is somebody else's.
 */
export function LiveProvider({ owner, onOver, children }: { owner: Owner; onOver: () => void; children: ReactNode }) {
  const client = useQueryClient();
  const announce = useAnnounce();
  const say = useEffectEvent((sentence: string) => announce(sentence));
  const over = useEffectEvent(onOver);
  const [status, setStatus] = useState<LiveStatus>('connecting');
  const [stream] = useState(makeStream);
  const { userId, operatorId } = owner;

  useEffect(() => {
    const gathered = gather(client);
    const isWanted = () => document.visibilityState === 'visible' || stream.isHeld();
    const connection = shareConnection({
      name: `loopstart-live ${operatorId} ${userId}`,
      wanted: isWanted(),
      open: () => new EventSource(`${LIVE_PATH}?user=${userId}`),
      onMessage: (text) => {
        const event = parseEvent(text);
        if (event === null) return;
        if (event.type === 'gateway') {
          const shown = client.getQueryData<Gateway>(['getGateway', { params: { gatewayId: event.gatewayId } }]);
          for (const sentence of announcements(shown, event)) say(sentence);
        }
        applyToCache(client, event, gathered.add);
        stream.tell(event);
      },
      onStatus: setStatus,
      onMissed: () => {
        void client.invalidateQueries();
        stream.tell({ type: 'resync' });
      },
      isOver: () => isSessionOver(userId, operatorId),
      onOver: () => over(),
    });
    const look = () => connection.want(isWanted());
    document.addEventListener('visibilitychange', look);
    const letGo = stream.onHeld(look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      letGo();
      gathered.stop();
      connection.close();
    };
  }, [client, stream, userId, operatorId]);

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

/** While `wanted`, this tab needs the stream though it is out of sight. */
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
