/**
 * Sends acknowledgements in the order of the messages (MQTT 5 section 4.6), whatever order they are handled in: batches
 * of different agents end independently.
 */
export class OrderedAcks {
  readonly #waiting: { messageId: number; done: boolean }[] = [];
  #first = 0;
  readonly #acknowledge: (messageId: number) => void;

  constructor(acknowledge: (messageId: number) => void) {
    this.#acknowledge = acknowledge;
  }

  /** Registers a message; the returned function records that it has been handled. */
  take(messageId: number): () => void {
    const entry = { messageId, done: false };
    this.#waiting.push(entry);
    return () => {
      entry.done = true;
      this.#release();
    };
  }

  #release(): void {
    while (this.#waiting[this.#first]?.done === true) {
      this.#acknowledge(this.#waiting[this.#first]!.messageId);
      this.#first += 1;
    }
    // The front of the list is released from time to time, not with each message.
    if (this.#first > 1_024 && this.#first * 2 > this.#waiting.length) {
      this.#waiting.splice(0, this.#first);
      this.#first = 0;
    }
  }
}
