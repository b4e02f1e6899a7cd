/** Work that goes on while nobody waits for it. */
export class BackgroundWork {
  readonly #underWay = new Set<Promise<void>>();

  /** Begins work; a failure is passed on. */
  begin(work: () => Promise<void>, onFailure: (error: unknown) => void): void {
    const going = work().catch(onFailure);
    this.#underWay.add(going);
    void going.finally(() => this.#underWay.delete(going));
  }

  /** Waits until nothing is under way. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}
