import { Injectable } from '@nestjs/common';
import type { Sql } from '../../core/db/database.ts';
import { type CanaryState, Watchdog } from '../watchdog/index.ts';

/** Beyond the first the detector is late; beyond the second it counts as stopped. */
const LATE_MS = 60_000;
const INTERRUPTED_MS = 180_000;

/** Whether the alerting of an operator itself works. */
@Injectable()
export class MonitoringStatus {
  constructor(private readonly watchdog: Watchdog) {}

  async of(
    sql: Sql,
    now: number,
  ): Promise<{ judgedAt: string | null; monitoring: 'working' | 'late' | 'interrupted' }> {
    const { rows } = await sql.query<{ judged_at: Date | null }>('select judged_at from alerting_status');
    const judgedAt = rows[0]?.judged_at ?? null;
    return {
      judgedAt: judgedAt?.toISOString() ?? null,
      monitoring: monitoringState(judgedAt, this.watchdog.state, now),
    };
  }
}

/**
 * Evaluation is one half: its results must also be delivered. Without an evaluation yet it is late: after a start it
 * takes a moment. Pure.
 */
export function monitoringState(
  judgedAt: Date | null,
  canary: CanaryState,
  now: number,
): 'working' | 'late' | 'interrupted' {
  if (canary === 'missing') return 'interrupted';
  if (judgedAt === null) return 'late';
  const age = now - judgedAt.getTime();
  return age <= LATE_MS ? 'working' : age <= INTERRUPTED_MS ? 'late' : 'interrupted';
}
