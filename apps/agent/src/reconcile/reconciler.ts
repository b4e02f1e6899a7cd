import { DOWN_REQUEST_KINDS, type DownOf, type DownRequest } from '@loopstart/contracts';

/** How the agent applies one kind of desired state, or one kind of reply. */
export interface Reconcile<K extends string = string, M = never> {
  kind: K;
  /** Applies the stored state from before the start of the agent. */
  resume?: () => Promise<void>;
  /** Resolves when the broker may forget the message. The same message may arrive again. */
  accept: (message: M) => Promise<void>;
}

/** The reconcile of one request of the contract. */
export type ReconcileOf<K extends DownRequest['kind']> = Reconcile<K, DownOf<K>>;

/** Passes each request of the cloud to the reconcile of its kind. */
export class Reconciler {
  readonly #byKind: ReadonlyMap<string, Reconcile>;

  /** Throws where a kind of the contract has none or two, or where one is for no kind of the contract. */
  constructor(reconciles: readonly Reconcile[], kinds: readonly string[] = DOWN_REQUEST_KINDS) {
    this.#byKind = new Map(reconciles.map((one) => [one.kind, one]));
    const missing = kinds.filter((kind) => !this.#byKind.has(kind));
    const unknown = [...this.#byKind.keys()].filter((kind) => !kinds.includes(kind));
    if (missing.length > 0) throw new Error(`Nothing reconciles ${missing.join(', ')}.`);
    if (unknown.length > 0) throw new Error(`No message of the contract is of kind ${unknown.join(', ')}.`);
    if (this.#byKind.size < reconciles.length) throw new Error('A kind of desired state is reconciled twice.');
  }

  async resume(): Promise<void> {
    for (const one of this.#byKind.values()) await one.resume?.();
  }

  accept(request: { kind: string }): Promise<void> {
    const one = this.#byKind.get(request.kind);
    if (one === undefined) throw new Error(`Nothing reconciles ${request.kind}.`);
    return one.accept(request as never);
  }
}
