import { Injectable } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import type { AlertChange, AlertRecord, ConditionKey } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { IncidentRepository, incidentView } from '../incidents/index.ts';
import { AlertRepository } from './alert.repository.ts';
import { Announcer } from './announcer.ts';
import { Grouping } from './grouping.ts';
import { IncidentUpdates } from './incident-updates.ts';
import type { StepToStore } from './step-to-store.ts';

/** Writes the outcome of an engine step atomically. A repeated step writes the same. */
@Injectable()
export class AlertStore {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly incidents: IncidentRepository,
    private readonly announcer: Announcer,
    private readonly grouping: Grouping,
    private readonly updates: IncidentUpdates,
  ) {}

  /** Whether a step has anything to write. */
  hasWork({ step, memory }: StepToStore): boolean {
    return step.changes.length > 0 || memory.kept.length > 0 || memory.forgotten.length > 0;
  }

  /** Returns the live events to publish after the commit. */
  async write(sql: Sql, work: StepToStore): Promise<LiveEvent[]> {
    const { operatorId, now, step, memory } = work;
    const { put, ended } = fold(step.changes);
    await this.alerts.put(sql, operatorId, put, now);
    const resolved = await this.alerts.resolve(sql, operatorId, ended);
    const touched = new Set<string>();
    for (const change of step.changes)
      if (change.type === 'announce') touched.add(await this.announcer.announce(sql, work, change.record));
    for (const id of await this.grouping.regroup(sql, work, put)) touched.add(id);
    for (const id of await this.updates.update(sql, work)) touched.add(id);
    for (const id of await this.updates.resolve(sql, work, resolved, ended)) touched.add(id);
    await this.alerts.remember(sql, operatorId, memory, now);
    return this.liveEvents(sql, [...touched], now);
  }

  /** The current state of these incidents, as live events. */
  async liveEvents(sql: Sql, ids: readonly string[], now: number): Promise<LiveEvent[]> {
    const rows = await this.incidents.find(sql, ids);
    return rows.map((row) => ({ type: 'incident', incident: incidentView(row, now) }));
  }
}

/** The last state of each alert that changed, and the ends. Pure. */
function fold(changes: readonly AlertChange[]): {
  put: AlertRecord[];
  ended: { key: ConditionKey; at: number; reason: string }[];
} {
  const put = new Map<ConditionKey, AlertRecord>();
  const ended = new Map<ConditionKey, { key: ConditionKey; at: number; reason: string }>();
  for (const change of changes) {
    const { record } = change;
    if (change.type === 'resolved') {
      put.delete(record.key);
      ended.set(record.key, { key: record.key, at: change.at, reason: change.reason });
    } else put.set(record.key, record);
  }
  return { put: [...put.values()], ended: [...ended.values()] };
}
