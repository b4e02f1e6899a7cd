import { Injectable } from '@nestjs/common';
import { digestRecipientsOf } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { DigestRepository } from './digest.repository.ts';
import { PolicyWorldRepository } from './policy-world.repository.ts';

/** Limit of the contract; the digest also names the total. */
const INCIDENTS_MAX = 200;
/** Retry interval while no recipient can be notified. */
const RETRY_MS = 10 * 60_000;

/** Sends digests. */
@Injectable()
export class Digests {
  constructor(
    private readonly digests: DigestRepository,
    private readonly worlds: PolicyWorldRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Sends one digest that is due; false when there was none. */
  async sendOne(sql: Sql, operatorId: string, now: number): Promise<boolean> {
    const due = await this.digests.claimDue(sql, operatorId, now, INCIDENTS_MAX);
    if (due === null) return false;
    const world = await this.worlds.load(sql, operatorId, now);
    const policy = world.policies.find(({ id }) => id === due.policyId);
    // A policy without a digest by now notifies what still waits by its first step.
    const targets = policy?.digest?.targets ?? policy?.steps[0]?.targets ?? [];
    const recipients = digestRecipientsOf(targets, world, now);
    if (recipients.length === 0) {
      await this.digests.putOff(sql, due.policyId, now, now + RETRY_MS);
      return true;
    }
    const messageId = await this.outbox.enqueue(sql, {
      operatorId,
      type: 'digest',
      incidentId: null,
      seq: 0,
      dedupeKey: `digest/${due.policyId}/${now}`,
      payload: {
        type: 'digest',
        timestamp: new Date(now).toISOString(),
        data: {
          version: 1,
          from: due.since.toISOString(),
          to: new Date(now).toISOString(),
          incidents: due.incidents,
          total: due.total,
        },
      },
      severity: null,
      kind: null,
      customerId: null,
      lineDeviceClass: null,
    });
    await this.outbox.deliver(sql, operatorId, messageId, recipients);
    await this.digests.markSent(sql, due.policyId, now);
    return true;
  }
}
