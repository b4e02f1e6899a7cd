import type { ConnectionLimits } from './connection-limits.ts';

/** Why a peer was ended before it was let in. */
export type StrangerEnd = 'busy' | 'slow';

/** A peer that has connected and not yet said who it is. */
export interface Stranger {
  /** What it is counted by, see `addressBlock`. */
  block: string;
  /** Its turn has come: read from it. Called at most once. */
  serve(): void;
  /** Close it. Called at most once, and not after it was let in or has left. */
  end(reason: StrangerEnd): void;
}

/** What a stranger's connection tells the gate. */
export interface Pass {
  /** It has shown a good certificate: it counts no longer against its address. */
  proven(): void;
  /** It was let in (CONNACK): no limit of strangers concerns it any more. */
  letIn(): void;
  /** Its connection is closed. */
  leave(): void;
}

export interface GateOptions extends ConnectionLimits {
  /** Calls `run` once after `delayMs`; returns a function that cancels it. */
  schedule: (delayMs: number, run: () => void) => () => void;
}

interface Visit {
  stranger: Stranger;
  state: 'waiting' | 'served' | 'proven' | 'in' | 'gone';
  cancelDeadline: () => void;
}

/** Strangers of one address that have not shown a certificate, in order of arrival. */
interface Block {
  visits: Set<Visit>;
  waiting: Set<Visit>;
}

/**
 * Decides which peers without a known identity may stay: one absolute deadline for each, a limit for all together, and
 * turns by address. Peers behind one address wait instead of being refused, so that a thousand agents behind one NAT
 * all get in. Where there is no room for another, the address with the most strangers gives one up; so one address
 * cannot keep others out.
 */
export class StrangerGate {
  readonly #options: GateOptions;
  readonly #blocks = new Map<string, Block>();
  #strangers = 0;
  #letIn = 0;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Peers that have not been let in. */
  get strangers(): number {
    return this.#strangers;
  }

  /** Takes a new peer in, or ends it at once. */
  arrive(stranger: Stranger): Pass {
    const visit: Visit = { stranger, state: 'waiting', cancelDeadline: nothing };
    const pass: Pass = {
      proven: () => this.#proven(visit),
      letIn: () => this.#admit(visit),
      leave: () => this.#leave(visit),
    };
    if (this.#strangers >= this.#room && !this.#makeRoom(stranger.block)) {
      visit.state = 'gone';
      stranger.end('busy');
      return pass;
    }
    this.#strangers += 1;
    const block = this.#blocks.get(stranger.block) ?? { visits: new Set(), waiting: new Set() };
    this.#blocks.set(stranger.block, block);
    block.visits.add(visit);
    block.waiting.add(visit);
    visit.cancelDeadline = this.#options.schedule(this.#options.strangerMs, () => this.#end(visit, 'slow'));
    this.#serveNext(stranger.block);
    return pass;
  }

  get #room(): number {
    return Math.min(this.#options.strangers, this.#options.connections - this.#letIn);
  }

  /** Ends the longest-standing stranger of the address with the most; false where none has more than `block` would. */
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
      visit.stranger.serve();
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
    this.#strangers -= 1;
    this.#letIn += 1;
    this.#leaveBlock(visit);
  }

  #end(visit: Visit, reason: StrangerEnd): void {
    this.#leave(visit);
    visit.stranger.end(reason);
  }

  #leave(visit: Visit): void {
    if (visit.state === 'gone') return;
    if (visit.state === 'in') this.#letIn -= 1;
    else this.#strangers -= 1;
    visit.cancelDeadline();
    visit.state = 'gone';
    this.#leaveBlock(visit);
  }

  #leaveBlock(visit: Visit): void {
    const { block: name } = visit.stranger;
    const block = this.#blocks.get(name);
    if (block === undefined || !block.visits.delete(visit)) return;
    block.waiting.delete(visit);
    if (block.visits.size === 0) this.#blocks.delete(name);
    else this.#serveNext(name);
  }
}

function nothing(): void {}
