import type { IncidentSummary } from '@loopstart/contracts';

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
      word: 'Reaches nobody',
      meaning: 'No policy tells anybody of this incident: only this console knows.',
    });
  }
  if (incident.stale) {
    tags.push({
      id: 'stale',
      tone: 'unknown',
      word: 'Not known now',
      meaning: 'Nobody can tell at the moment whether it is still so. Unknown does not mean fixed.',
    });
  }
  if (incident.flapping) {
    tags.push({
      id: 'flapping',
      tone: 'minor',
      word: 'Comes and goes',
      meaning: 'It changes so often that its changes are not told until it settles.',
    });
  }
  if (incident.silenced) {
    tags.push({ id: 'silenced', tone: 'plain', word: 'Silenced', meaning: 'A silence keeps it from being told.' });
  }
  return tags;
}
