import { compareOids } from '../../wire/oid.ts';
import type { MibView, Oid, SnmpValue, VarBind } from '../../wire/types.ts';

/**
 * A view kept as one array sorted by arcs: lookups are binary searches, and a `next` after a `next` is one step.
 * Read-only for SNMP (no `set`): wrap it where SET must have an effect.
 */
export class SortedMib implements MibView {
  #entries: VarBind[];
  #revision = 0;
  /** Where the last lookup ended: GETNEXT and GETBULK mostly continue after the last answer. */
  #last = 0;

  /** A view of varbinds that are in the order of their OIDs already, each once: nothing is compared. */
  static ofSorted(varbinds: VarBind[]): SortedMib {
    const mib = new SortedMib();
    mib.#entries = varbinds;
    return mib;
  }

  constructor(varbinds: Iterable<VarBind> = []) {
    const byOid = new Map<Oid, SnmpValue>();
    for (const { oid, value } of varbinds) byOid.set(oid, value);
    this.#entries = [...byOid].map(([oid, value]) => ({ oid, value })).sort((a, b) => compareOids(a.oid, b.oid));
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get(oid: Oid): SnmpValue | undefined {
    const entry = this.#entries[this.#position(oid)];
    return entry?.oid === oid ? entry.value : undefined;
  }

  next(oid: Oid): VarBind | undefined {
    const at = this.#position(oid);
    const following = this.#entries[at]?.oid === oid ? at + 1 : at;
    this.#last = following;
    return this.#entries[following];
  }

  /** Adds an instance or replaces its value. */
  put(oid: Oid, value: SnmpValue): void {
    const at = this.#position(oid);
    if (this.#entries[at]?.oid === oid) this.#entries[at] = { oid, value };
    else this.#entries.splice(at, 0, { oid, value });
    this.#revision++;
  }

  /** Removes an instance; false where there was none. */
  delete(oid: Oid): boolean {
    const at = this.#position(oid);
    if (this.#entries[at]?.oid !== oid) return false;
    this.#entries.splice(at, 1);
    this.#revision++;
    return true;
  }

  [Symbol.iterator](): IterableIterator<VarBind> {
    return this.#entries.values();
  }

  /** Index of the first entry that is not before `oid`. */
  #position(oid: Oid): number {
    if (this.#entries[this.#last]?.oid === oid) return this.#last;
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareOids((this.#entries[middle] as VarBind).oid, oid) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
