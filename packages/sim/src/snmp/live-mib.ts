import { SortedMib, type MibView, type Oid, type SetResult, type SnmpValue, type VarBind } from '@loopstart/snmp';
import { interned, sameValue } from './interning.ts';

/** Source of a live view's content. */
export interface LiveSource {
  /** The whole content now, sorted by OID. */
  encode(): VarBind[];
  /** Until when (ms since the epoch) the result of `encode` stays valid, unless `changed` is called. */
  validUntil(): number;
  /** Absent where nothing can be written. */
  set?: ((varbinds: VarBind[]) => SetResult) | undefined;
}

/**
 * A view of a living gateway, encoded only when it is read and can have changed: thousands of gateways that are not
 * read cost nothing.
 */
export class LiveMib implements MibView {
  readonly #source: LiveSource;
  readonly #now: () => number;
  #mib: SortedMib | null = null;
  #encoded: VarBind[] = [];
  #validUntil = -Infinity;
  #generation = 0;
  readonly set?: (varbinds: VarBind[]) => SetResult;

  constructor(source: LiveSource, now: () => number) {
    this.#source = source;
    this.#now = now;
    const { set } = source;
    if (set !== undefined) {
      this.set = (varbinds) => {
        const result = set(varbinds);
        this.changed();
        return result;
      };
    }
  }

  get revision(): number {
    const mib = this.#fresh();
    return this.#generation + mib.revision;
  }

  get(oid: Oid): SnmpValue | undefined {
    return this.#fresh().get(oid);
  }

  next(oid: Oid): VarBind | undefined {
    return this.#fresh().next(oid);
  }

  /** The state was changed from outside: the next request encodes it again. */
  changed(): void {
    this.#validUntil = -Infinity;
  }

  #fresh(): SortedMib {
    if (this.#mib !== null && this.#now() < this.#validUntil) return this.#mib;
    const encoded = this.#source.encode();
    this.#validUntil = this.#source.validUntil();
    this.#mib = this.#mib === null ? new SortedMib(this.#keep(encoded)) : this.#patch(this.#mib, encoded);
    return this.#mib;
  }

  #keep(encoded: VarBind[]): VarBind[] {
    this.#encoded = encoded.map(interned);
    return this.#encoded;
  }

  /** Writes only differences, so that an unchanged gateway keeps its revision and the answers cached by it. */
  #patch(mib: SortedMib, encoded: VarBind[]): SortedMib {
    const before = this.#encoded;
    const sameShape = encoded.length === before.length && encoded.every(({ oid }, at) => before[at]?.oid === oid);
    if (!sameShape) {
      this.#generation += mib.revision + 1;
      return new SortedMib(this.#keep(encoded));
    }
    for (const [at, varbind] of encoded.entries()) {
      const old = before[at];
      if (old === undefined || sameValue(old.value, varbind.value)) continue;
      const shared = interned(varbind);
      before[at] = shared;
      mib.put(shared.oid, shared.value);
    }
    return mib;
  }
}
