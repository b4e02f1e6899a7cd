import { Injectable } from '@nestjs/common';
import { type Recipient, recipientsOf, type Target } from '@loopstart/domain';
import type { Sql } from '../../core/db/database.ts';
import { Outbox } from '../../notifications/delivery/index.ts';
import { EscalationRepository, type RunningEscalation } from './escalation.repository.ts';
import type { PolicyWorld } from './policy-world.repository.ts';
import { reminderOf } from './reminder.ts';

const keyOf = ({ channelId, recipient }: Recipient) => `${channelId}/${recipient ?? ''}`;

/** Takes one step of an escalation, in the transaction that records it. */
@Injectable()
export class Notifier {
  constructor(
    private readonly outbox: Outbox,
    private readonly escalations: EscalationRepository,
  ) {}

  /**
   * Notifies the current recipients of these targets: those not yet notified get the raise, the others a reminder.
   * Returns the keys of all that were notified.
   */
  async notify(
    sql: Sql,
    running: RunningEscalation,
    step: { targets: readonly Target[]; step: number },
    world: PolicyWorld,
    now: number,
  ): Promise<string[]> {
    const { incident, state } = running;
    const recipients = recipientsOf(step.targets, world, now);
    if (recipients.length === 0) return [];
    const notified = new Set(state.told);
    const fresh = recipients.filter((recipient) => !notified.has(keyOf(recipient)));
    const again = recipients.filter((recipient) => notified.has(keyOf(recipient)));
    if (fresh.length > 0) await this.#raise(sql, running, fresh);
    if (again.length > 0) await this.#remind(sql, running, again, now);
    const names = recipients.map((recipient) => nameOf(recipient, world));
    await this.escalations.note(sql, incident, now, `Notified ${names.join(', ')}`, { step: step.step + 1, names });
    return recipients.map(keyOf);
  }

  /** A late recipient also gets the update where the severity has risen since the raise. */
  async #raise(sql: Sql, { incident, raiseMessageId, state }: RunningEscalation, to: Recipient[]): Promise<void> {
    await this.outbox.deliver(sql, incident.operatorId, raiseMessageId, to);
    if (state.raisedAs === incident.severity) return;
    const updateId = await this.escalations.lastUpdateId(sql, incident.id);
    if (updateId !== null) await this.outbox.deliver(sql, incident.operatorId, updateId, to);
  }

  async #remind(sql: Sql, { incident }: RunningEscalation, to: Recipient[], now: number): Promise<void> {
    const last = await this.escalations.lastMessage(sql, incident.id);
    if (last === null) return;
    const seq = await this.escalations.nextSeq(sql, incident.id);
    const payload = reminderOf(last, { seq, severity: incident.severity }, now);
    if (payload === null) return;
    const id = await this.outbox.enqueue(sql, {
      operatorId: incident.operatorId,
      type: payload.type,
      incidentId: incident.id,
      seq,
      dedupeKey: `${incident.id}/${seq}`,
      payload,
      severity: incident.severity,
      kind: incident.kind,
      customerId: incident.customerId,
      lineDeviceClass: incident.lineDeviceClass,
    });
    await this.outbox.deliver(sql, incident.operatorId, id, to);
  }
}

function nameOf({ channelId, recipient }: Recipient, world: PolicyWorld): string {
  const channel = world.channels.find(({ id }) => id === channelId)?.name ?? 'a channel';
  const person = world.users.find(({ email }) => email === recipient)?.name;
  return person === undefined ? channel : `${person} by ${channel}`;
}
