/**
 * Lets acknowledgements out in the order the messages came (MQTT 5 section 4.6), whatever order they are dealt with
 * in: batches of different agents finish when they finish.
 */
export class OrderedAcks {
  readonly #waiting: { messageId: number; done: boolean }[] = [];
  #first = 0;
  readonly #acknowledge: (messageId: number) => void;

  constructor(acknowledge: (messageId: number) => void) {
    this.#acknowledge = acknowledge;
  }

  /** Takes note of a message; the returned function says that it has been dealt with. */
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
    // The front of the list is given back now and then, not with each message.
    if (this.#first > 1_024 && this.#first * 2 > this.#waiting.length) {
      this.#waiting.splice(0, this.#first);
      this.#first = 0;
    }
  }
}
