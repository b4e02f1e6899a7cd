import type { MaintenanceWindow } from '@loopstart/contracts';
import { isInMaintenance, nextOccurrences } from '@loopstart/domain';
import type { StoredWindow } from './maintenance.repository.ts';

/** A window in the contract's form at `now`, ms. */
export function maintenanceView(window: StoredWindow, now: number): MaintenanceWindow {
  const present = isInMaintenance(window, now);
  const next = present ?? nextOccurrences(window, now, 1)[0] ?? null;
  const { id, title, reason, scope, scopeId, scopeName, timeZone, startsOn, startsAt, durationMinutes } = window;
  return {
    id,
    title,
    reason,
    scope,
    scopeId,
    scopeName,
    timeZone,
    startsOn,
    startsAt,
    durationMinutes,
    recurrence: window.recurrence,
    state: present !== null ? 'active' : next !== null ? 'planned' : 'over',
    next: next === null ? null : { from: new Date(next.from).toISOString(), to: new Date(next.to).toISOString() },
    createdBy: window.createdBy,
    createdAt: new Date(window.createdAt).toISOString(),
    endedAt: window.endedAt === null ? null : new Date(window.endedAt).toISOString(),
  };
}
