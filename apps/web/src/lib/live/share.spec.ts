import { describe, expect, test } from 'vitest';
import {
  ASK_MS,
  type Effect,
  IDLE_MS,
  type Input,
  type Message,
  newTab,
  SILENT_MS,
  step,
  type Tab,
  TAKE_OVER_MS,
} from './share.ts';

/** Plays inputs to one tab; keeps what it did. */
function play(tab: Tab) {
  const effects: Effect[] = [];
  const at = (nowMs: number, input: Input) => {
    const next = step(tab, input, nowMs);
    tab = next.tab;
    effects.push(...next.effects);
    return next.effects;
  };
  return { at, tab: () => tab, kinds: () => effects.map(({ kind }) => kind) };
}

const heard = (message: Message): Input => ({ kind: 'heard', message });
const live = (run: string): Input => ({ kind: 'stream', status: 'live', run });

describe('the leading tab', () => {
  test('opens the stream, and hands on what comes and how it is', () => {
    const { at, tab } = play(newTab(true, 0));
    expect(at(0, { kind: 'granted' })).toEqual([{ kind: 'open' }]);
    expect(at(1, live('r1'))).toEqual([{ kind: 'post', message: { kind: 'status', status: 'live', run: 'r1' } }]);
    expect(at(2, { kind: 'event', data: 'x' })).toEqual([
      { kind: 'deliver', data: 'x' },
      { kind: 'post', message: { kind: 'event', data: 'x' } },
    ]);
    expect(tab()).toMatchObject({ role: 'leader', status: 'live' });
  });

  test('answers who asks, and fetches again when the stream was away', () => {
    const { at } = play(newTab(true, 0));
    at(0, { kind: 'granted' });
    at(1, live('r1'));
    expect(at(2, heard({ kind: 'ask' }))).toEqual([
      { kind: 'post', message: { kind: 'status', status: 'live', run: 'r1' } },
    ]);
    at(3, { kind: 'stream', status: 'reconnecting', run: 'unused' });
    expect(at(4, live('r2')).map(({ kind }) => kind)).toEqual(['missed', 'post']);
  });

  test('out of sight it keeps the stream while another tab asks, and gives it back when none does', () => {
    const { at, tab } = play(newTab(true, 0));
    at(0, { kind: 'granted' });
    at(1, live('r1'));
    at(10, { kind: 'wanted', wanted: false });
    at(IDLE_MS, heard({ kind: 'ask' }));
    expect(at(IDLE_MS + 20, { kind: 'tick' })).toEqual([]);
    expect(at(IDLE_MS * 2, { kind: 'tick' })).toEqual([{ kind: 'close' }]);
    expect(tab().status).toBe('reconnecting');
    expect(at(IDLE_MS * 3, heard({ kind: 'ask' }))).toEqual([{ kind: 'open' }]);
  });

  test('in sight it never gives the stream back', () => {
    const { at, kinds } = play(newTab(true, 0));
    at(0, { kind: 'granted' });
    for (let ms = 0; ms < IDLE_MS * 3; ms += ASK_MS) at(ms, { kind: 'tick' });
    expect(kinds()).toEqual(['open']);
  });

  test('steps back when the lead is taken from it', () => {
    const { at, tab } = play(newTab(true, 0));
    at(0, { kind: 'granted' });
    at(1, live('r1'));
    expect(at(2, { kind: 'lost' })).toEqual([{ kind: 'close' }]);
    expect(tab()).toMatchObject({ role: 'follower', status: 'reconnecting', open: false });
    // What still comes of the stream that it gave up is nobody's.
    expect(at(3, live('r2'))).toEqual([]);
  });

  test('a refused session ends it for every tab', () => {
    const { at } = play(newTab(true, 0));
    at(0, { kind: 'granted' });
    expect(at(1, { kind: 'refused' })).toEqual([
      { kind: 'close' },
      { kind: 'post', message: { kind: 'over' } },
      { kind: 'over' },
    ]);
    expect(play(newTab(true, 0)).at(2, heard({ kind: 'over' }))).toEqual([{ kind: 'over' }]);
  });
});

describe('a following tab', () => {
  const status = (word: 'live' | 'reconnecting' | 'polling', run: string | null) =>
    heard({ kind: 'status', status: word, run });

  test('shows the state of the leader and its events, and opens nothing', () => {
    const { at, tab, kinds } = play(newTab(true, 0));
    at(0, { kind: 'tick' });
    at(1, status('live', 'r1'));
    at(2, heard({ kind: 'event', data: 'x' }));
    at(3, status('reconnecting', 'r1'));
    expect(tab()).toMatchObject({ role: 'follower', status: 'reconnecting' });
    expect(kinds()).toEqual(['post', 'deliver']);
  });

  test('fetches again only when another run has begun, also where it did not hear the break', () => {
    const { at } = play(newTab(true, 0));
    expect(at(1, status('live', 'r1'))).toEqual([]);
    at(2, status('reconnecting', 'r1'));
    expect(at(3, status('live', 'r1'))).toEqual([]);
    expect(at(4, status('live', 'r2'))).toEqual([{ kind: 'missed' }]);
  });

  test('the next leader fetches again, for nobody heard what came between', () => {
    const { at } = play(newTab(true, 0));
    at(1, status('live', 'r1'));
    expect(at(2, { kind: 'granted' })).toEqual([{ kind: 'open' }]);
    expect(at(3, live('r2')).map(({ kind }) => kind)).toEqual(['missed', 'post']);
  });

  test('says that it is not live when nobody answers, and takes the lead after that', () => {
    const { at, tab } = play(newTab(true, 0));
    at(0, status('live', 'r1'));
    const statuses: [number, string][] = [];
    let taken: number | null = null;
    for (let ms = ASK_MS; taken === null && ms < 60_000; ms += ASK_MS) {
      if (at(ms, { kind: 'tick' }).some(({ kind }) => kind === 'take-over')) taken = ms;
      statuses.push([ms - ASK_MS, tab().status]);
    }
    expect(statuses.find(([, word]) => word === 'polling')?.[0]).toBe(SILENT_MS);
    expect(taken).toBe(ASK_MS + TAKE_OVER_MS);
  });

  test('an answer, or any event, is enough to stay', () => {
    const { at, tab, kinds } = play(newTab(true, 0));
    at(0, status('live', 'r1'));
    for (let ms = ASK_MS; ms < 120_000; ms += ASK_MS) {
      at(ms, { kind: 'tick' });
      at(ms + 1, ms % (2 * ASK_MS) === 0 ? status('live', 'r1') : heard({ kind: 'event', data: 'x' }));
    }
    expect(tab().status).toBe('live');
    expect(kinds()).not.toContain('take-over');
  });

  test('out of sight it neither asks nor takes over; back in sight it asks at once, with patience', () => {
    const { at, tab, kinds } = play(newTab(true, 0));
    at(0, status('live', 'r1'));
    at(1, { kind: 'tick' });
    at(2, { kind: 'wanted', wanted: false });
    for (let ms = 0; ms < 600_000; ms += 60_000) at(ms, { kind: 'tick' });
    expect(kinds()).toEqual(['post']);
    expect(at(700_000, { kind: 'wanted', wanted: true })).toEqual([{ kind: 'post', message: { kind: 'ask' } }]);
    expect(tab().status).toBe('live');
    expect(at(700_000 + SILENT_MS, { kind: 'tick' })).toEqual([{ kind: 'post', message: { kind: 'ask' } }]);
    expect(tab().status).toBe('polling');
  });

  test('a hidden tab that must notify, with timers once a minute, is content with an answer to each question', () => {
    const { at, kinds } = play(newTab(true, 0));
    for (let ms = 60_000; ms < 1_200_000; ms += 60_000) {
      at(ms, { kind: 'tick' });
      at(ms + 5, status('live', 'r1'));
    }
    expect(kinds()).not.toContain('take-over');
  });
});
