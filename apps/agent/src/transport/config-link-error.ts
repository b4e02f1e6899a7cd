import type { ApplyReasonCode } from '@loopstart/domain';

/** A gateway was not reached for its configuration, or did not take it; the message is one plain sentence, without secrets. */
export class ConfigLinkError extends Error {
  override readonly name = 'ConfigLinkError';
  /** Null: it did not answer, or not in time. */
  readonly reason: ApplyReasonCode | null;
  /** Whether something that changes the gateway may have arrived. */
  readonly sent: boolean;

  constructor(message: string, reason: ApplyReasonCode | null, sent: boolean) {
    super(message);
    this.reason = reason;
    this.sent = sent;
  }
}
