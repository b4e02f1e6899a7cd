import { ALERT_SEVERITIES, type IncidentSummary } from '@loopstart/contracts';
import type { Preferences } from '../../../lib/preferences/model.ts';
import { placeLine } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/alerts.ts';

type Part = Pick<IncidentSummary, 'id' | 'state' | 'attention' | 'announcedAt' | 'resolvedAt'>;
type Severity = IncidentSummary['severity'];

/** How each incident was when it was last heard of. */
export type Heard = ReadonlyMap<string, IncidentSummary['state']>;

/**
 * What is new about an incident to somebody who watches since `sinceMs`: that it began, or that it ended.
 * What began before is no news, however often something about it changes.
 */
export function newsOf(incident: Part, heard: Heard, sinceMs: number): 'began' | 'ended' | null {
  const before = heard.get(incident.id);
  if (incident.state === 'resolved') {
    if (before === 'resolved') return null;
    const endedAt = incident.resolvedAt === null ? Number.NaN : Date.parse(incident.resolvedAt);
    return before === 'open' || endedAt >= sinceMs ? 'ended' : null;
  }
  return before === undefined && incident.attention === 'open' && Date.parse(incident.announcedAt) >= sinceMs
    ? 'began'
    : null;
}

const LEAST: Record<Preferences['notify'], Severity | null> = {
  off: null,
  critical: 'critical',
  major: 'major',
  all: 'info',
};

/** Whether a severity is one of those asked for. */
export function isWanted(severity: Severity, level: Preferences['notify']): boolean {
  const least = LEAST[level];
  return least !== null && ALERT_SEVERITIES.indexOf(severity) >= ALERT_SEVERITIES.indexOf(least);
}

/** What a screen reader is told of it; null where it is not worth interrupting for. */
export function spoken(incident: IncidentSummary, news: 'began' | 'ended'): string | null {
  if (!isWanted(incident.severity, 'major')) return null;
  const what = `${incident.title}, ${placeLine(incident.place)}`;
  return news === 'began'
    ? t('newIncident', { severity: SEVERITY_WORDS[incident.severity].toLowerCase(), what })
    : t('resolved2', { what });
}

/** What a notification of the browser says. */
export function notificationText(incident: IncidentSummary): { title: string; body: string } {
  return {
    title: `${SEVERITY_WORDS[incident.severity]}: ${incident.title}`,
    body: `${placeLine(incident.place)}\n${incident.why}`,
  };
}
