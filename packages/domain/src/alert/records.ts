import type { AlertPlace, AlertRecord, ConditionKey } from './types.ts';

/**
 * What the engine remembers of one operator, laid out so that a step copies and looks at only what it may change: one
 * shelf for each gateway of which something is remembered, and an upper one for operator, sites, agents and what
 * devices share. A shelf is never changed once it is published.
 */
export interface Shelf {
  /** Conditions of the gateway itself (on the upper shelf: all of them). */
  readonly own: ReadonlyMap<ConditionKey, AlertRecord>;
  /** Conditions of its ports. */
  readonly ports: ReadonlyMap<ConditionKey, AlertRecord>;
  /** When time alone changes something here, ms. */
  readonly dueAt: number;
  /** The same, of the gateway itself. */
  readonly ownDueAt: number;
  /** The same, counting only what needs attention. */
  readonly wakeAt: number;
  /** Where the records of a gateway are: one place, but for one that has just moved. Empty on the upper shelf. */
  readonly places: readonly AlertPlace[];
  /** What could explain them or hold them back when they were judged last. */
  readonly above: string;
}

/** The shelf of records that belong to no single gateway. */
export const UPPER = '';
const UNSEEN = {
  dueAt: Number.NEGATIVE_INFINITY,
  ownDueAt: Number.NEGATIVE_INFINITY,
  wakeAt: Number.POSITIVE_INFINITY,
  places: [],
  above: '',
};
const EMPTY: Shelf = { own: new Map(), ports: new Map(), ...UNSEEN };

/** The shelf of a condition: a gateway's id, or UPPER. */
export function shelfOf(key: ConditionKey): string {
  const subject = key.indexOf('@') + 1;
  if (key.startsWith('gateway:', subject)) return key.slice(subject + 8);
  if (key.startsWith('port:', subject)) return key.slice(subject + 5, key.lastIndexOf('/'));
  return UPPER;
}

const isOfPort = (key: ConditionKey) => key.includes('@port:');

/** All records of an operator. Immutable. */
export class Records {
  readonly #shelves: ReadonlyMap<string, Shelf>;
  readonly size: number;

  constructor(shelves: ReadonlyMap<string, Shelf>) {
    this.#shelves = shelves;
    let size = 0;
    for (const { own, ports } of shelves.values()) size += own.size + ports.size;
    this.size = size;
  }

  /** Records as stored; their due times are unknown, so everything is evaluated once. */
  static of(stored: Iterable<AlertRecord>): Records {
    const draft = new RecordsDraft(new Records(new Map()));
    for (const record of stored) draft.put(record);
    return draft.publish(() => UNSEEN);
  }

  get(key: ConditionKey): AlertRecord | undefined {
    const shelf = this.#shelves.get(shelfOf(key));
    return shelf === undefined ? undefined : (isOfPort(key) ? shelf.ports : shelf.own).get(key);
  }

  *values(): Generator<AlertRecord> {
    for (const { own, ports } of this.#shelves.values()) {
      yield* own.values();
      yield* ports.values();
    }
  }

  /** Records of operator, sites, agents and what is shared. */
  upper(): Iterable<AlertRecord> {
    return (this.#shelves.get(UPPER) ?? EMPTY).own.values();
  }

  /** Gateways of which something is remembered. */
  *gatewayIds(): Generator<string> {
    for (const id of this.#shelves.keys()) if (id !== UPPER) yield id;
  }

  get shelves(): ReadonlyMap<string, Shelf> {
    return this.#shelves;
  }
}

/** Records while a step works on them. */
export class RecordsDraft {
  readonly #base: Records;
  readonly #open = new Map<string, { own: Map<ConditionKey, AlertRecord>; ports: Map<ConditionKey, AlertRecord> }>();
  readonly #taken = new Set<string>();

  constructor(base: Records) {
    this.#base = base;
  }

  /** Shelves that are judged in this step. */
  get taken(): ReadonlySet<string> {
    return this.#taken;
  }

  /** Marks a shelf to be judged. */
  take(id: string): void {
    this.#taken.add(id);
  }

  get(key: ConditionKey): AlertRecord | undefined {
    const id = shelfOf(key);
    const shelf = this.#open.get(id) ?? this.#base.shelves.get(id);
    return shelf === undefined ? undefined : (isOfPort(key) ? shelf.ports : shelf.own).get(key);
  }

  put(record: AlertRecord): void {
    const { key } = record;
    const map = this.#mapOf(key);
    if (map.get(key) !== record) map.set(key, record);
  }

  delete(key: ConditionKey): void {
    this.#mapOf(key).delete(key);
  }

  /** The records of a shelf. Records added during iteration may be included. */
  *on(id: string): Generator<AlertRecord> {
    const shelf = this.#open.get(id) ?? this.#base.shelves.get(id);
    if (shelf === undefined) return;
    yield* shelf.own.values();
    yield* shelf.ports.values();
  }

  /** What on a shelf is another record than before the step, with what it was. */
  *changed(id: string): Generator<{ before: AlertRecord | undefined; record: AlertRecord }> {
    const shelf = this.#open.get(id);
    if (shelf === undefined) return;
    const base = this.#base.shelves.get(id) ?? EMPTY;
    for (const part of ['own', 'ports'] as const)
      for (const [key, record] of shelf[part]) {
        const before = base[part].get(key);
        if (before !== record) yield { before, record };
      }
  }

  /** All records that are not of a port. */
  *aboveLines(): Generator<AlertRecord> {
    for (const [id, shelf] of this.#base.shelves) yield* (this.#open.get(id) ?? shelf).own.values();
    for (const [id, shelf] of this.#open) if (!this.#base.shelves.has(id)) yield* shelf.own.values();
  }

  *values(): Generator<AlertRecord> {
    for (const id of this.#base.shelves.keys()) yield* this.on(id);
    for (const id of this.#open.keys()) if (!this.#base.shelves.has(id)) yield* this.on(id);
  }

  /** The next state. `judged` says when a taken shelf is due again; empty ones are dropped. */
  publish(judged: (id: string, records: Iterable<AlertRecord>) => Omit<Shelf, 'own' | 'ports'>): Records {
    const shelves = new Map(this.#base.shelves);
    for (const id of this.#taken) {
      const base = this.#base.shelves.get(id);
      const { own, ports } = this.#open.get(id) ?? base ?? EMPTY;
      if (own.size + ports.size === 0) shelves.delete(id);
      else shelves.set(id, { own, ports, ...judged(id, this.on(id)) });
    }
    return new Records(shelves);
  }

  #mapOf(key: ConditionKey): Map<ConditionKey, AlertRecord> {
    const id = shelfOf(key);
    let shelf = this.#open.get(id);
    if (shelf === undefined) {
      const base = this.#base.shelves.get(id) ?? EMPTY;
      shelf = { own: new Map(base.own), ports: new Map(base.ports) };
      this.#open.set(id, shelf);
      this.#taken.add(id);
    }
    return isOfPort(key) ? shelf.ports : shelf.own;
  }
}
