import { canonicalJson } from './canonical-json.ts';
import {
  CHAIN_START,
  type ChainAuthor,
  type ChainDetails,
  type ChainFacts,
  commitmentTo,
  type Committed,
  digestOf,
  hashOf,
  type Link,
  type Sha256,
} from './link.ts';

/** An entry as it is verified: of the database, or of an exported file. */
export interface ChainEntry extends ChainFacts, Link {
  id: string;
  author: Committed<ChainAuthor>;
  details: Committed<ChainDetails>;
}

/** Why a head was signed. Only `retention` vouches for a beginning: what was before it was deleted because of its age. */
export const HEAD_REASONS = ['day', 'retention', 'request'] as const;
export type HeadReason = (typeof HEAD_REASONS)[number];

/** What a signed head says: at this time the chain had this entry at its end, or began after it. */
export interface HeadStatement {
  operatorId: string;
  reason: HeadReason;
  seq: number;
  hash: string;
  /** ISO 8601. */
  at: string;
}

/** Where a chain begins: after the last entry that retention deleted. */
export interface ChainAnchor {
  seq: number;
  hash: string;
}

/** Each way in which a trail can be other than it was written. */
export const CHAIN_BREAKS = [
  'missing',
  'changed',
  'moved',
  'erased-without-record',
  'end-missing',
  'not-chained',
  'beginning',
  'head-differs',
  'head-signature',
] as const;
export type ChainBreakKind = (typeof CHAIN_BREAKS)[number];

/** One break. `seq` is the entry at which it shows; `count`, how many entries are missing. */
export interface ChainBreak {
  kind: ChainBreakKind;
  seq: number;
  id: string | null;
  at: string | null;
  count: number | null;
}

export interface ChainVerdict {
  entries: number;
  first: { seq: number; at: string } | null;
  last: { seq: number; at: string } | null;
  /** Entries with a part that was erased and is on record as erased. */
  erased: number;
  heads: { matching: number; total: number; lastSeq: number | null };
  /** The first breaks, and how many there are in all. */
  breaks: ChainBreak[];
  breaksTotal: number;
}

/** The text whose signature is the signature of a head. */
export function headText({ at, hash, operatorId, reason, seq }: HeadStatement): string {
  return canonicalJson({ at, hash, operatorId, purpose: 'loopstart-audit-head', reason, seq, version: 1 });
}

/** Breaks that a verdict lists; a trail of years whose key part was replaced breaks at each entry. */
const BREAKS_MAX = 20;

interface Given {
  operatorId: string;
  /** Null: the chain begins with its first entry. */
  anchor: ChainAnchor | null;
  heads: readonly (HeadStatement & { signed: boolean })[];
  /** Whether entries may be left out: a filtered export shows that each entry is whole, not that none is missing. */
  partial?: boolean;
}

/** Verifies a chain entry by entry, in the order of the chain, in memory that does not grow with it. */
export class ChainVerifier {
  readonly #sha256: Sha256;
  readonly #given: Given;
  readonly #heads: (HeadStatement & { signed: boolean })[];
  readonly #breaks: ChainBreak[] = [];
  /** People with an erased part, and the first entry that shows it. */
  readonly #erasedOf = new Map<string, ChainEntry>();
  readonly #erasuresOf = new Set<string>();
  #breaksTotal = 0;
  #entries = 0;
  #erased = 0;
  #matching = 0;
  #head = 0;
  #first: ChainVerdict['first'] = null;
  #last: (Link & { at: string; id: string }) | null = null;

  constructor(sha256: Sha256, given: Given) {
    this.#sha256 = sha256;
    this.#given = given;
    this.#heads = given.heads.toSorted((a, b) => a.seq - b.seq);
    this.#begin(given.anchor);
  }

  take(entry: ChainEntry): void {
    const before = this.#last ?? { seq: 0, hash: CHAIN_START, ...this.#given.anchor };
    this.#place(entry, before);
    const intact = this.#isIntact(entry);
    if (!intact) this.#break('changed', entry);
    if (intact && entry.verb === 'erase' && entry.subjectType === 'person') this.#erasuresOf.add(entry.subjectId);
    this.#noteErased(entry);
    this.#entries += 1;
    this.#first ??= { seq: entry.seq, at: entry.at };
    this.#last = { seq: entry.seq, previous: entry.previous, hash: entry.hash, at: entry.at, id: entry.id };
    this.#compareHeads(entry);
  }

  /**
   * `end` is where the chain is said to end; null where nothing says it. `unplaced` entries are among the chained ones
   * without a place in the chain.
   */
  finish(end: ChainAnchor | null, unplaced = 0): ChainVerdict {
    for (const [person, entry] of this.#erasedOf)
      if (!this.#erasuresOf.has(person) && this.#given.partial !== true) this.#break('erased-without-record', entry);
    const last = this.#last ?? this.#given.anchor ?? { seq: 0, hash: CHAIN_START };
    if (unplaced > 0) this.#add({ kind: 'not-chained', seq: last.seq, id: null, at: null, count: unplaced });
    // The furthest place that anything vouches for.
    const known = Math.max(end?.seq ?? 0, this.#heads.at(-1)?.seq ?? 0);
    if (this.#given.partial !== true && known > last.seq)
      this.#add({ kind: 'end-missing', seq: last.seq + 1, id: null, at: null, count: known - last.seq });
    for (const head of this.#heads) if (!head.signed) this.#headBreak('head-signature', head);
    return {
      entries: this.#entries,
      first: this.#first,
      last: this.#last === null ? null : { seq: this.#last.seq, at: this.#last.at },
      erased: this.#erased,
      heads: {
        matching: this.#matching,
        total: this.#heads.length,
        lastSeq: this.#heads.findLast(({ signed }) => signed)?.seq ?? null,
      },
      breaks: this.#breaks.toSorted((a, b) => a.seq - b.seq),
      breaksTotal: this.#breaksTotal,
    };
  }

  /** A chain that does not begin at 1 needs the signature of who deleted what was before. */
  #begin(anchor: ChainAnchor | null): void {
    if (anchor === null || anchor.seq === 0) return;
    this.#compareHeads({ ...anchor });
    const vouched = ({ reason, seq, hash, signed }: HeadStatement & { signed: boolean }) =>
      signed && reason === 'retention' && seq === anchor.seq && hash === anchor.hash;
    if (!this.#heads.some(vouched))
      this.#add({ kind: 'beginning', seq: anchor.seq, id: null, at: null, count: anchor.seq });
  }

  #place(entry: ChainEntry, before: ChainAnchor): void {
    if (this.#given.partial === true) return;
    if (entry.seq > before.seq + 1)
      this.#add({ kind: 'missing', seq: before.seq + 1, id: null, at: entry.at, count: entry.seq - before.seq - 1 });
    else if (entry.seq !== before.seq + 1 || entry.previous !== before.hash) this.#break('moved', entry);
  }

  #isIntact(entry: ChainEntry): boolean {
    const { author, details, seq, previous } = entry;
    if (entry.operatorId !== this.#given.operatorId) return false;
    const commitments = { author: author.commitment, details: details.commitment };
    const digest = digestOf(this.#sha256, entry, commitments);
    return (
      hashOf(this.#sha256, { digest, previous, seq }) === entry.hash && this.#holds(author) && this.#holds(details)
    );
  }

  #holds({ value, salt, commitment }: Committed<ChainAuthor | ChainDetails>): boolean {
    return salt === null ? isErased(value) : commitmentTo(this.#sha256, salt, value) === commitment;
  }

  /** What was erased must be on record as erased, else an erasure would be a way to hide something. */
  #noteErased(entry: ChainEntry): void {
    const people = [
      ...(entry.author.salt === null ? [entry.userId] : []),
      ...(entry.details.salt === null ? [entry.subjectId] : []),
    ];
    if (people.length > 0) this.#erased += 1;
    for (const person of people)
      if (person === null) this.#break('erased-without-record', entry);
      else if (!this.#erasedOf.has(person)) this.#erasedOf.set(person, entry);
  }

  #compareHeads(entry: ChainAnchor): void {
    for (let head = this.#heads[this.#head]; head !== undefined && head.seq <= entry.seq;) {
      if (head.seq === entry.seq) {
        if (head.hash !== entry.hash) this.#headBreak('head-differs', head);
        else if (head.signed) this.#matching += 1;
      }
      this.#head += 1;
      head = this.#heads[this.#head];
    }
  }

  #headBreak(kind: ChainBreakKind, { seq, at }: HeadStatement): void {
    this.#add({ kind, seq, id: null, at, count: null });
  }

  #break(kind: ChainBreakKind, { seq, id, at }: { seq: number; id: string; at: string }): void {
    this.#add({ kind, seq, id, at, count: null });
  }

  #add(found: ChainBreak): void {
    this.#breaksTotal += 1;
    if (this.#breaks.length < BREAKS_MAX) this.#breaks.push(found);
  }
}

/** The name of an author who was erased. */
export const ERASED_NAME = 'erased person';

/** An erased part says nothing: else a row without its salt could say anything. */
function isErased(value: ChainAuthor | ChainDetails): boolean {
  return 'name' in value
    ? value.name === ERASED_NAME && value.address === null && value.userAgent === null
    : Object.keys(value.change).length === 0 && value.before === null;
}
