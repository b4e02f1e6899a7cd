import type { Event } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';

const MARKS: Record<Event['severity'], Severity> = {
  info: 'info',
  warning: 'minor',
  minor: 'minor',
  major: 'major',
  critical: 'critical',
  cleared: 'ok',
};

/** The severity whose shape marks an event. */
export function markOf(severity: Event['severity']): Severity {
  return MARKS[severity];
}

/** Events that took longer than this to arrive waited somewhere: the agent had no way out, or a clock is off. */
const LATE_MS = 120_000;

/** How much later than it happened an event arrived, in ms; null where it came at once. */
export function lateByMs(event: Pick<Event, 'at' | 'receivedAt'>): number | null {
  const late = Date.parse(event.receivedAt) - Date.parse(event.at);
  return late > LATE_MS ? late : null;
}
