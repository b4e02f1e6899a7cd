import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import type { SiteRow } from './facts.repository.ts';
import { TcpProbe } from './tcp-probe.ts';

/** An answer is asked for again after so long while an agent of the site is lost. */
const AGAIN_MS = 15_000;
/** An older answer says nothing about now. */
const VALID_MS = 60_000;
const AT_ONCE_MAX = 20;

/** Whether sites answer from outside. Nothing is asked while all agents of a site are there. */
@Injectable()
export class SiteProbes {
  readonly #addresses = new Map<string, { operatorId: string; address: string }>();
  readonly #answers = new Map<string, { answers: boolean | null; at: number }>();
  readonly #asking = new Set<string>();

  constructor(
    private readonly probe: TcpProbe,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The sites of an operator, with where to ask. */
  know(operatorId: string, sites: readonly SiteRow[]): void {
    for (const [id, { operatorId: owner }] of this.#addresses) if (owner === operatorId) this.#addresses.delete(id);
    for (const { id, probe_address: address } of sites)
      if (address !== null) this.#addresses.set(id, { operatorId, address });
  }

  /** Whether the site answered lately; null: nobody asked, or it cannot be asked. */
  answerOf(siteId: string): boolean | null {
    const answer = this.#answers.get(siteId);
    return answer === undefined || this.now() - answer.at > VALID_MS ? null : answer.answers;
  }

  /** Whether there is any site to ask at all. */
  get some(): boolean {
    return this.#addresses.size > 0;
  }

  /** Asks these sites, each at most once in a while; `told` is called for each whose answer changed. */
  ask(siteIds: Iterable<string>, told: (operatorId: string, siteId: string) => void): void {
    for (const siteId of siteIds) {
      const where = this.#addresses.get(siteId);
      const last = this.#answers.get(siteId)?.at ?? -Infinity;
      if (where === undefined || this.#asking.has(siteId) || this.now() - last < AGAIN_MS) continue;
      if (this.#asking.size >= AT_ONCE_MAX) return;
      this.#asking.add(siteId);
      void this.probe.answers(where.address).then((answers) => {
        const before = this.answerOf(siteId);
        this.#asking.delete(siteId);
        this.#answers.set(siteId, { answers, at: this.now() });
        if (answers !== before) told(where.operatorId, siteId);
      });
    }
  }
}
