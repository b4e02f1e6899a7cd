'use client';

import type { IncidentSummary } from '@loopstart/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useAnnounce } from '../../../lib/announce/announcer.tsx';
import { query } from '../../../lib/api/query.ts';
import { serverNowMs } from '../../../lib/clock/offset.ts';
import { useHeldLive, useLiveEvents } from '../../../lib/live/provider.tsx';
import { isWanted, newsOf, notificationText, spoken } from './news.ts';
import { useNotifications } from './use-notifications.ts';
import { useTabLock } from './use-tab-lock.ts';

/** What may have been missed is asked for: as many as somebody could take in. */
const MISSED = query('listIncidents', { query: { attention: 'open', limit: 50 } });

/** Tells of incidents that begin or end while the console is open: to screen readers, and by notification. Shows nothing. */
export function IncidentNews() {
  const client = useQueryClient();
  const router = useRouter();
  const announce = useAnnounce();
  const { level } = useNotifications();
  const isTeller = useTabLock('loopstart-notifications', level !== 'off');
  const [mountedMs] = useState(Date.now);
  const heard = useRef(new Map<string, IncidentSummary['state']>());
  const shown = useRef(new Map<string, Notification>());
  // A hidden tab gives its stream back, but not the one that has to notify.
  useHeldLive(isTeller);

  const hear = (incident: IncidentSummary) => {
    // By the clock of the API, whose difference may have become known only after the start.
    const sinceMs = mountedMs + (serverNowMs() - Date.now());
    const news = newsOf(incident, heard.current, sinceMs);
    heard.current.set(incident.id, incident.state);
    if (incident.attention !== 'open') {
      shown.current.get(incident.id)?.close();
      shown.current.delete(incident.id);
    }
    if (news === null) return;
    const sentence = spoken(incident, news);
    if (sentence !== null) announce(sentence);
    if (news === 'began' && isTeller && !incident.silenced && isWanted(incident.severity, level)) {
      const notification = notify(incident, () => router.push(`/incidents/${incident.id}`));
      if (notification !== null) shown.current.set(incident.id, notification);
    }
  };

  useLiveEvents((event) => {
    if (event.type === 'incident') hear(event.incident);
    if (event.type === 'resync') {
      client.fetchQuery({ ...MISSED, staleTime: 0 }).then(
        ({ items }) => items.forEach(hear),
        // The stream comes back again, and so does this question.
        () => undefined,
      );
    }
  });
  return null;
}

function notify(incident: IncidentSummary, open: () => void): Notification | null {
  const { title, body } = notificationText(incident);
  try {
    const notification = new Notification(title, {
      body,
      // The same incident is never shown twice, whichever tab shows it.
      tag: `incident ${incident.id}`,
      icon: '/icon.svg',
      requireInteraction: incident.severity === 'critical',
    });
    notification.onclick = () => {
      window.focus();
      open();
      notification.close();
    };
    return notification;
  } catch {
    // Some phones have the interface but refuse to use it outside of a service worker.
    return null;
  }
}
