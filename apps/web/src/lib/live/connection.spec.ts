import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect, type LiveStatus, PATIENCE_MS, type Source } from './connection.ts';

class FakeSource implements Source {
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  closed = false;
  close() {
    this.closed = true;
    this.readyState = 2;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.({} as never);
  }
  breaks(readyState: 0 | 2) {
    this.readyState = readyState;
    this.onerror?.({} as never);
  }
}

function rig() {
  const sources: FakeSource[] = [];
  const statuses: LiveStatus[] = [];
  const messages: string[] = [];
  let refused = 0;
  const connection = connect({
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return source;
    },
    onMessage: (data) => messages.push(data),
    onStatus: (status) => statuses.push(status),
    onRefused: () => (refused += 1),
  });
  return { sources, statuses, messages, connection, refused: () => refused, last: () => sources.at(-1)! };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the live connection', () => {
  test('opens once and passes messages on', () => {
    const { last, statuses, messages } = rig();
    last().opens();
    last().onmessage?.({ data: '{"type":"resync"}' } as never);
    expect(statuses).toEqual(['connecting', 'live']);
    expect(messages).toEqual(['{"type":"resync"}']);
  });

  test('a break is told, and its end', () => {
    const { last, sources, statuses, refused } = rig();
    last().opens();
    last().breaks(0);
    last().opens();
    expect(statuses).toEqual(['connecting', 'live', 'reconnecting', 'live']);
    expect(refused()).toBe(0);
    expect(sources).toHaveLength(1);
  });

  test('a long break says that the page polls, once', () => {
    const { last, statuses } = rig();
    last().opens();
    last().breaks(0);
    vi.advanceTimersByTime(PATIENCE_MS);
    last().breaks(0);
    vi.advanceTimersByTime(PATIENCE_MS * 3);
    expect(statuses).toEqual(['connecting', 'live', 'reconnecting', 'polling']);
  });

  test('where the browser gives up, a new stream is opened, later each time', () => {
    const { last, sources, refused } = rig();
    const gaps: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const before = sources.length;
      last().breaks(2);
      let waited = 0;
      while (sources.length === before) {
        vi.advanceTimersByTime(1000);
        waited += 1;
      }
      gaps.push(waited);
    }
    expect(gaps).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(refused()).toBe(8);
  });

  test('closed means closed: nothing is opened afterwards', () => {
    const { last, sources, connection } = rig();
    last().breaks(2);
    connection.close();
    vi.advanceTimersByTime(120_000);
    expect(sources).toHaveLength(1);
    expect(last().closed).toBe(true);
  });
});
