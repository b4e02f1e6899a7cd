import type { CauseOfTrouble } from '@loopstart/contracts';
import { severityRank } from '@loopstart/domain';

/** Most urgent first: what nobody put aside, by severity, by lines on which a life depends, by lines, by age. Pure. */
export function byUrgency(a: CauseOfTrouble, b: CauseOfTrouble): number {
  return (
    Number(a.incident.attention === 'snoozed') - Number(b.incident.attention === 'snoozed') ||
    severityRank(b.incident.severity) - severityRank(a.incident.severity) ||
    b.lifeSafetyLines - a.lifeSafetyLines ||
    b.lines - a.lines ||
    a.incident.since.localeCompare(b.incident.since) ||
    a.incident.number - b.incident.number
  );
}
