import type { CallEvent, CallRefusal } from '@loopstart/domain';

/** A step of a call as one line reports it: what the agent adds is when it came. */
export type CallDraft = Omit<CallEvent, 'at'> & {
  /** How the record counts its channel: from 0, from 1, or not known; null where it has no channel of a line. */
  readonly channelBase: 0 | 1 | 'unknown' | null;
};

/** What a line is: steps of calls, a line about something else, or a call record that cannot be read. */
export type LineReading =
  | { readonly kind: 'calls'; readonly calls: readonly CallDraft[] }
  | { readonly kind: 'other' }
  | { readonly kind: 'refused'; readonly reason: CallRefusal };

export const OTHER: LineReading = { kind: 'other' };
export const refused = (reason: CallRefusal): LineReading => ({ kind: 'refused', reason });

/** What a sender announced about its records, such as the titles of their columns. Bounded, and replaced whole. */
export type Layout = Readonly<Record<string, readonly string[]>>;

/** Reads the lines of one maker. Pure: what it must remember it takes and returns. */
export type LineReader = (text: string, layout: Layout) => { reading: LineReading; layout: Layout };
