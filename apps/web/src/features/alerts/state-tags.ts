import type { IncidentSummary } from '@loopstart/contracts';
import { t } from '../../messages/alerts.ts';

/** A short word about how an incident stands, and what it means in full. */
export interface StateTag {
  id: 'flapping' | 'stale' | 'silenced' | 'reaches-nobody';
  tone: 'minor' | 'unknown' | 'plain' | 'critical';
  word: string;
  meaning: string;
}

/** What has to be known about an incident besides whether it is open; nothing of it where it is over. */
export function stateTags(
  incident: Pick<IncidentSummary, 'state' | 'flapping' | 'stale' | 'silenced' | 'reachesNobody'>,
): StateTag[] {
  if (incident.state === 'resolved') return [];
  const tags: StateTag[] = [];
  if (incident.reachesNobody) {
    tags.push({
      id: 'reaches-nobody',
      tone: 'critical',
      word: t('notifiesNobody'),
      meaning: t('noPolicyNotifiesAnybody'),
    });
  }
  if (incident.stale) {
    tags.push({
      id: 'stale',
      tone: 'unknown',
      word: t('stateUnknown'),
      meaning: t('currentStateUnknownUnknown'),
    });
  }
  if (incident.flapping) {
    tags.push({
      id: 'flapping',
      tone: 'minor',
      word: t('flapping'),
      meaning: t('changesOftenChangesNot'),
    });
  }
  if (incident.silenced) {
    tags.push({ id: 'silenced', tone: 'plain', word: t('silenced'), meaning: t('silenceSuppressesNotifications') });
  }
  return tags;
}
