import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';

/** Beyond this the detector is late; beyond the other it is as good as gone. */
const LATE_MS = 60_000;
const INTERRUPTED_MS = 180_000;

/** Whether the alerting of an operator itself works. */
@Injectable()
export class MonitoringStatus {
  async of(
    sql: Sql,
    now: number,
  ): Promise<{ judgedAt: string | null; monitoring: 'working' | 'late' | 'interrupted' }> {
    const { rows } = await sql.query<{
      judged_at: Date | null;
      canary_sent_at: Date | null;
      canary_arrived_at: Date | null;
    }>('select judged_at, canary_sent_at, canary_arrived_at from alerting_status');
    const judgedAt = rows[0]?.judged_at ?? null;
    return { judgedAt: judgedAt?.toISOString() ?? null, monitoring: monitoringState(judgedAt, now) };
  }
}

/** Not judged yet is late: after a start it takes a moment. Pure. */
export function monitoringState(judgedAt: Date | null, now: number): 'working' | 'late' | 'interrupted' {
  if (judgedAt === null) return 'late';
  const age = now - judgedAt.getTime();
  return age <= LATE_MS ? 'working' : age <= INTERRUPTED_MS ? 'late' : 'interrupted';
}
