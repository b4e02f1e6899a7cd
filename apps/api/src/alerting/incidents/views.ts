import type { Alert, IncidentSummary, Place } from '@loopstart/contracts';
import { ATTENTION } from '@loopstart/contracts';
import { CONDITIONS, type ConditionKind, type Evidence } from '@loopstart/domain';
import type { Columns } from '../../core/db/fields.ts';

type EvidenceView = Alert['evidence'];

/** Evidence as shown: each threshold with its name and unit, and the name of its scope. Pure. */
export function evidenceView(kind: ConditionKind, evidence: Evidence, place: Place): EvidenceView {
  const parameters = CONDITIONS[kind].parameters;
  return {
    text: evidence.text,
    seen: { ...evidence.seen },
    thresholds: Object.fromEntries(
      Object.entries(evidence.thresholds).map(([name, { value, scope, scopeId, reason }]) => {
        const { label = name, unit = '' } = parameters[name] ?? {};
        return [name, { value, unit, label, scope, scopeName: scopeName(scope, scopeId, place), reason }];
      }),
    ),
  };
}

/** A threshold in force for a subject is set for something above it, whose name is in the place. */
function scopeName(scope: string, scopeId: string | null, place: Place): string | null {
  if (scope === 'customer') return place.customer?.name ?? null;
  if (scope === 'site') return place.site?.name ?? null;
  if (scope === 'port') return place.port?.label ?? place.gateway?.name ?? null;
  return scope === 'line-device-class' ? scopeId : null;
}

/** The actions of people on an incident now. */
export function attentionOf(
  row: { state: string; acknowledged_at: Date | null; snoozed_until: Date | null },
  now: number,
): (typeof ATTENTION)[number] {
  if (row.state === 'resolved') return 'resolved';
  if (row.snoozed_until !== null && row.snoozed_until.getTime() > now) return 'snoozed';
  return row.acknowledged_at === null ? 'open' : 'acknowledged';
}

/** SQL condition on incident `i` for each of them; `now` is a parameter such as `$1`. */
export const attentionSql = (now: string): Record<(typeof ATTENTION)[number], string> => ({
  resolved: `i.state = 'resolved'`,
  snoozed: `i.state = 'open' and i.snoozed_until > ${now}`,
  acknowledged: `i.state = 'open' and (i.snoozed_until is null or i.snoozed_until <= ${now}) and i.acknowledged_at is not null`,
  open: `i.state = 'open' and (i.snoozed_until is null or i.snoozed_until <= ${now}) and i.acknowledged_at is null`,
});

/** SQL: no one was notified of incident `i` and no one will be. */
export const REACHES_NOBODY = `(i.state = 'open' and i.policy_id is null and i.silence_id is null
  and not exists (select from outbox_message m join delivery d on d.message_id = m.id where m.incident_id = i.id))`;

/** An incident with names, as `INCIDENT_FIELDS` reads it. */
export interface IncidentRow extends Omit<Columns<'Incident'>, 'operator_id' | 'affected'> {
  assigned_name: string | null;
  affected: Partial<IncidentSummary['affected']>;
  evidence: Evidence;
  place: Place;
  reaches_nobody: boolean;
}

export function incidentView(row: IncidentRow, now: number): IncidentSummary {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    title: row.title,
    subject: { type: row.subject_type, id: row.subject_id },
    place: row.place,
    severity: row.severity,
    state: row.state,
    since: row.since.toISOString(),
    announcedAt: row.announced_at.toISOString(),
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    flapping: row.flapping,
    stale: row.stale,
    attention: attentionOf(row, now),
    acknowledgedAt: row.acknowledged_at?.toISOString() ?? null,
    acknowledgedBy: row.acknowledged_by_name,
    assignedTo: row.assigned_to === null ? null : { id: row.assigned_to, name: row.assigned_name ?? '' },
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    silenced: row.silence_id !== null,
    why: row.evidence.text,
    firstStep: CONDITIONS[row.kind].firstStep,
    affected: affectedOf(row),
    reachesNobody: row.reaches_nobody,
  };
}

export function affectedOf(row: Pick<IncidentRow, 'affected'>): IncidentSummary['affected'] {
  return { agents: 0, gateways: 0, ports: 0, ...row.affected };
}
