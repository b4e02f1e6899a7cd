import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import { DELIVERED, type Sent } from '../adapters/adapter.ts';
import { Senders } from '../adapters/senders.ts';
import { networkSentence } from '../network-sentence.ts';
import { redact } from '../redact.ts';
import type { ClaimedDelivery } from './claim.repository.ts';
import { ChannelDecryptor } from './channel-decryptor.ts';
import type { Attempted } from './record.repository.ts';

/** The webhook-id that receivers get. */
export const webhookIdOf = (messageId: string) => `msg_${messageId}`;

/** One attempt of one delivery. Never throws: a failure is its outcome. */
@Injectable()
export class Attempt {
  constructor(
    private readonly senders: Senders,
    private readonly decryptor: ChannelDecryptor,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async run(delivery: ClaimedDelivery): Promise<Attempted> {
    const at = this.now();
    const started = performance.now();
    const sent = await this.#send(delivery, at);
    return { delivery, sent, at, durationMs: performance.now() - started };
  }

  async #send(delivery: ClaimedDelivery, now: number): Promise<Sent> {
    let secrets: string[] = [];
    try {
      const open = await this.decryptor.open(delivery.operatorId, delivery.channel);
      secrets = open.secrets;
      const sent = await this.senders.send(open.channel, {
        webhookId: webhookIdOf(delivery.messageId),
        payload: delivery.payload,
        recipient: delivery.recipient === '' ? null : delivery.recipient,
        externalId: delivery.externalId,
        now,
      });
      return {
        ...sent,
        error: sent.error === null ? null : redact(sent.error, secrets),
        answer: sent.answer === null || sent.answer === '' ? null : redact(sent.answer, secrets),
      };
    } catch (error) {
      return { ...DELIVERED, outcome: 'failed', error: redact(networkSentence(error), secrets) };
    }
  }
}
