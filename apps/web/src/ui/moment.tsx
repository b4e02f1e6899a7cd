'use client';

import { duration, fullMoment, moment } from '../lib/format/time.ts';
import { useNow } from '../lib/clock/now.tsx';
import { useZone } from '../lib/preferences/zone.ts';
import { Hint } from './hint.tsx';
import { t } from '../messages/common.ts';

const MINUTE_MS = 60_000;

/** A point in time by the chosen wall clock, its zone always shown; everything about it on hover. */
export function Moment({ at, siteZone, seconds = false }: { at: string; siteZone: string | null; seconds?: boolean }) {
  const zone = useZone(siteZone);
  const nowMs = useNow(MINUTE_MS);
  const atMs = Date.parse(at);
  return (
    <Hint text={fullMoment(atMs, zone)}>
      <time dateTime={at} suppressHydrationWarning className="whitespace-nowrap">
        {moment(atMs, zone, nowMs, seconds)}
      </time>
    </Hint>
  );
}

/** How long something has been so: "2 h 14 min". */
export function Since({ at }: { at: string }) {
  const nowMs = useNow(1000);
  const lengthMs = nowMs - Date.parse(at);
  // Seconds matter in the first minutes only.
  const text = duration(lengthMs < 10 * MINUTE_MS ? lengthMs : Math.floor(lengthMs / MINUTE_MS) * MINUTE_MS);
  return (
    <time dateTime={at} suppressHydrationWarning className="whitespace-nowrap">
      {text}
    </time>
  );
}

/** How long ago something was: "14 s ago". */
export function Ago({ at, siteZone }: { at: string; siteZone: string | null }) {
  const zone = useZone(siteZone);
  return (
    <Hint text={fullMoment(Date.parse(at), zone)}>
      <span className="whitespace-nowrap">{t.rich('ago', { since: <Since at={at} /> })}</span>
    </Hint>
  );
}
