import type { NullReasons } from '@loopstart/contracts';
import type { NullReason } from '@loopstart/domain';
import type { Oid } from '@loopstart/snmp';
import type { Problem } from './source.ts';

const PROBLEMS_MAX = 50;

/** Collects why cells are null, one entry a field and reason. */
export class NullLedger {
  readonly reasons: NullReasons = [];
  readonly problems: Problem[] = [];

  /** The whole field has the same reason on all ports, or on the gateway. */
  all(field: string, reason: NullReason): void {
    this.reasons.push({ field, reason, ports: '*' });
  }

  /** Reasons of one column by port index; undefined where the cell has a value. */
  column(field: string, reasons: readonly (NullReason | undefined)[]): void {
    const first = reasons[0];
    if (first !== undefined && reasons.every((reason) => reason === first)) {
      this.all(field, first);
      return;
    }
    const byReason = new Map<NullReason, number[]>();
    reasons.forEach((reason, at) => {
      if (reason === undefined) return;
      const ports = byReason.get(reason);
      if (ports === undefined) byReason.set(reason, [at]);
      else ports.push(at);
    });
    for (const [reason, ports] of byReason) this.reasons.push({ field, reason, ports });
  }

  /** Bounded: a hostile gateway must not fill the memory with complaints about it. */
  problem(oid: Oid, why: string): void {
    if (this.problems.length < PROBLEMS_MAX) this.problems.push({ oid, why });
  }
}
