import type { ConnectionLimits } from './connection-limits.ts';

/** Why a peer was ended before it was admitted. */
export type PeerEnd = 'busy' | 'slow';

/** A peer that has connected and is not admitted yet. */
export interface UnadmittedPeer {
  /** The block it is counted by, see `addressBlock`. */
  block: string;
  /** Its turn has come: read from it. Called at most once. */
  serve(): void;
  /** Close it. Called at most once, and not after it was let in or has left. */
  end(reason: PeerEnd): void;
}

/** Callbacks of an unadmitted peer's connection. */
export interface Pass {
  /** Its certificate is verified: it no longer counts against its address. */
  proven(): void;
  /** It was admitted (CONNACK): the limits here no longer apply to it. */
  letIn(): void;
  /** Its connection is closed. */
  leave(): void;
}

export interface GateOptions extends ConnectionLimits {
  /** Calls `run` once after `delayMs`; returns a function that cancels it. */
  schedule: (delayMs: number, run: () => void) => () => void;
}

interface Visit {
  peer: UnadmittedPeer;
  state: 'waiting' | 'served' | 'proven' | 'in' | 'gone';
  cancelDeadline: () => void;
}

/** Peers of one address without a verified certificate, in order of arrival. */
interface Block {
  visits: Set<Visit>;
  waiting: Set<Visit>;
}

/**
 * Decides which peers without a known identity may stay: one absolute deadline for each, a limit for all together, and
 * turns by address. Peers behind one address wait instead of being refused, so that a thousand agents behind one NAT
 * are all admitted. Where the limit is reached, the address with the most unadmitted peers loses one; so one address
 * cannot keep others out.
 */
export class PeerGate {
  readonly #options: GateOptions;
  readonly #blocks = new Map<string, Block>();
  #unadmitted = 0;
  #letIn = 0;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Peers that are not admitted yet. */
  get unadmitted(): number {
    return this.#unadmitted;
  }

  /** Accepts a new peer, or ends it at once. */
  arrive(peer: UnadmittedPeer): Pass {
    const visit: Visit = { peer, state: 'waiting', cancelDeadline: nothing };
    const pass: Pass = {
      proven: () => this.#proven(visit),
      letIn: () => this.#admit(visit),
      leave: () => this.#leave(visit),
    };
    if (this.#unadmitted >= this.#room && !this.#makeRoom(peer.block)) {
      visit.state = 'gone';
      peer.end('busy');
      return pass;
    }
    this.#unadmitted += 1;
    const block = this.#blocks.get(peer.block) ?? { visits: new Set(), waiting: new Set() };
    this.#blocks.set(peer.block, block);
    block.visits.add(visit);
    block.waiting.add(visit);
    visit.cancelDeadline = this.#options.schedule(this.#options.admissionMs, () => this.#end(visit, 'slow'));
    this.#serveNext(peer.block);
    return pass;
  }

  get #room(): number {
    return Math.min(this.#options.unadmitted, this.#options.connections - this.#letIn);
  }

  /** Ends the oldest peer of the address with the most; false where none has more than `block` would. */
  #makeRoom(block: string): boolean {
    let heaviest: Block | undefined;
    for (const one of this.#blocks.values())
      if (heaviest === undefined || one.visits.size > heaviest.visits.size) heaviest = one;
    const own = this.#blocks.get(block)?.visits.size ?? 0;
    if (heaviest === undefined || heaviest.visits.size <= own + 1) return false;
    const [oldest] = heaviest.visits;
    this.#end(oldest!, 'busy');
    return true;
  }

  #serveNext(name: string): void {
    const block = this.#blocks.get(name);
    if (block === undefined) return;
    for (const visit of block.waiting) {
      if (block.visits.size - block.waiting.size >= this.#options.servedPerAddress) return;
      block.waiting.delete(visit);
      visit.state = 'served';
      visit.peer.serve();
    }
  }

  #proven(visit: Visit): void {
    if (visit.state !== 'served') return;
    visit.state = 'proven';
    this.#leaveBlock(visit);
  }

  #admit(visit: Visit): void {
    if (visit.state !== 'served' && visit.state !== 'proven') return;
    visit.cancelDeadline();
    visit.state = 'in';
    this.#unadmitted -= 1;
    this.#letIn += 1;
    this.#leaveBlock(visit);
  }

  #end(visit: Visit, reason: PeerEnd): void {
    this.#leave(visit);
    visit.peer.end(reason);
  }

  #leave(visit: Visit): void {
    if (visit.state === 'gone') return;
    if (visit.state === 'in') this.#letIn -= 1;
    else this.#unadmitted -= 1;
    visit.cancelDeadline();
    visit.state = 'gone';
    this.#leaveBlock(visit);
  }

  #leaveBlock(visit: Visit): void {
    const { block: name } = visit.peer;
    const block = this.#blocks.get(name);
    if (block === undefined || !block.visits.delete(visit)) return;
    block.waiting.delete(visit);
    if (block.visits.size === 0) this.#blocks.delete(name);
    else this.#serveNext(name);
  }
}

function nothing(): void {}
