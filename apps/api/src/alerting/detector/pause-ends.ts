import { Injectable } from '@nestjs/common';
import type { LiveEvent } from '@loopstart/contracts';
import type { Sql } from '../../core/db/database.ts';
import { AlertStore } from './alert.store.ts';
import { Announcer } from './announcer.ts';
import { IncidentRepository } from '../incidents/index.ts';
import { PolicyPort } from './policy-port.ts';

/** Ends of silences and snoozes: announces incidents that are still open. */
@Injectable()
export class PauseEnds {
  constructor(
    private readonly announcer: Announcer,
    private readonly store: AlertStore,
    private readonly incidents: IncidentRepository,
    private readonly policy: PolicyPort,
  ) {}

  async end(sql: Sql, operatorId: string, now: number): Promise<LiveEvent[]> {
    const unsilenced = await this.announcer.unsilence(sql, operatorId, now);
    const { rows } = await sql.query<{ id: string; acknowledged: boolean }>(
      `update incident set snoozed_until = null where operator_id = $1 and state = 'open' and snoozed_until <= $2
       returning id, acknowledged_at is not null as acknowledged`,
      [operatorId, new Date(now)],
    );
    for (const { id, acknowledged } of rows) {
      await this.incidents.note(sql, operatorId, [
        { incidentId: id, at: now, kind: 'snooze-ended', by: null, text: 'The snooze is over; it is still open.' },
      ]);
      if (!acknowledged) await this.policy.resume(sql, id, now);
    }
    return this.store.liveEvents(sql, [...new Set([...unsilenced, ...rows.map((row) => row.id)])], now);
  }
}
