import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../../../core/clock.ts';
import type { SiteRow } from './facts.repository.ts';
import { TcpProbe } from './tcp-probe.ts';

/** Probe interval while an agent of the site is lost. */
const AGAIN_MS = 15_000;
/** Older answers are ignored. */
const VALID_MS = 60_000;
const AT_ONCE_MAX = 20;

/** Whether sites answer from outside. A site is probed only while an agent of it is lost. */
@Injectable()
export class SiteProbes {
  readonly #addresses = new Map<string, { operatorId: string; address: string }>();
  readonly #answers = new Map<string, { answers: boolean | null; at: number }>();
  readonly #asking = new Set<string>();

  constructor(
    private readonly probe: TcpProbe,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** The sites of an operator with their probe addresses. */
  know(operatorId: string, sites: readonly SiteRow[]): void {
    for (const [id, { operatorId: owner }] of this.#addresses) if (owner === operatorId) this.#addresses.delete(id);
    for (const { id, probe_address: address } of sites)
      if (address !== null) this.#addresses.set(id, { operatorId, address });
  }

  /** Whether the site answered recently; null: not probed, or it cannot be probed. */
  answerOf(siteId: string): boolean | null {
    const answer = this.#answers.get(siteId);
    return answer === undefined || this.now() - answer.at > VALID_MS ? null : answer.answers;
  }

  /** Whether any site can be probed. */
  get some(): boolean {
    return this.#addresses.size > 0;
  }

  /** Probes these sites, each at most once in a while; `onChange` is called for each whose answer changed. */
  ask(siteIds: Iterable<string>, onChange: (operatorId: string, siteId: string) => void): void {
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
        if (answers !== before) onChange(where.operatorId, siteId);
      });
    }
  }
}
