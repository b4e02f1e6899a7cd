import type { Silence } from '@loopstart/contracts';
import { CONDITIONS, type Silenceable, silenceMatches, type SilenceMatcher, silenceState } from '@loopstart/domain';
import type { StoredSilence } from './silence.repository.ts';

/** A silence in the contract's form at `now`, with the number of open incidents that it suppresses. */
export function silenceView(silence: StoredSilence, open: readonly Silenceable[], now: number): Silence {
  const state = silenceState(silence, now);
  return {
    id: silence.id,
    matcher: silence.matcher,
    scopeName: scopeName(silence.matcher, silence.placeNames),
    reason: silence.reason,
    startsAt: new Date(silence.startsAt).toISOString(),
    endsAt: new Date(silence.endsAt).toISOString(),
    endedAt: silence.endedAt === null ? null : new Date(silence.endedAt).toISOString(),
    state,
    createdBy: silence.createdBy,
    matching: state === 'active' ? open.filter((incident) => silenceMatches(silence, incident)).length : 0,
  };
}

/** The subject of a silence in words. */
export function scopeName(matcher: SilenceMatcher, placeNames: readonly string[]): string {
  const parts = [
    ...placeNames,
    ...(matcher.position === undefined ? [] : [`line ${matcher.position}`]),
    ...(matcher.lineDeviceClasses ?? []),
    ...(matcher.kinds ?? []).map((kind) => CONDITIONS[kind].title),
    ...(matcher.severities ?? []),
  ];
  return parts.join(', ');
}
