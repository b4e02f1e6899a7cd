import type { Rejection, RejectionCode } from './decode.ts';

/** Parts of one message that were refused: one rejection, which names the first. */
export class Refusals {
  #first: Rejection | null = null;
  #count = 0;
  readonly #lacking = new Set<string>();

  add(code: RejectionCode, detail: string): void {
    this.#first ??= { code, detail };
    this.#count += 1;
  }

  /**
   * Like `add`, where the agent's inventory of a gateway is needed: it is missing, different, or was refused before.
   */
  addLacking(code: 'unknown-gateway' | 'unknown-revision' | 'not-holder', gatewayId: string, detail: string): void {
    this.add(code, `gateway ${gatewayId} ${detail}`);
    this.#lacking.add(gatewayId);
  }

  asRejection(): Rejection | null {
    if (this.#first === null) return null;
    const { code } = this.#first;
    const detail = this.#count === 1 ? this.#first.detail : `${this.#first.detail} (and ${this.#count - 1} more)`;
    return { code, detail, ...(this.#lacking.size === 0 ? {} : { gatewayIds: [...this.#lacking] }) };
  }
}
