import type { LiveStatus } from './connection.ts';

/** A tab in sight asks the leading tab this often whether it is still there. */
export const ASK_MS = 4000;
/** After this long without an answer a tab says that it is not live. */
export const SILENT_MS = 8000;
/** After this long without an answer a tab takes the lead: the leader is frozen or stuck. */
export const TAKE_OVER_MS = 12_000;
/** A stream that no tab has asked for this long is given back. More than the minute to which browsers slow the timers of hidden tabs. */
export const IDLE_MS = 180_000;

/** What the tabs of one person tell each other. */
export type Message =
  | { kind: 'ask' }
  | { kind: 'status'; status: LiveStatus; run: string | null }
  | { kind: 'event'; data: string }
  | { kind: 'over' };

/** One of several tabs that share a stream: the leader has it, the followers hear from the leader. */
export interface Tab {
  role: 'leader' | 'follower';
  /** Somebody looks at this tab, or it has to notify. */
  wanted: boolean;
  status: LiveStatus;
  /** The unbroken run of the stream that this tab follows; null before the first. Another run means that events may be missing. */
  run: string | null;
  /** Whether this tab has the stream open. */
  open: boolean;
  /** Since when a question to the leader is without an answer; null where none is. */
  unansweredMs: number | null;
  /** When this tab or another last needed the stream. */
  neededMs: number;
}

export type Input =
  | { kind: 'granted' }
  | { kind: 'lost' }
  | { kind: 'wanted'; wanted: boolean }
  | { kind: 'tick' }
  | { kind: 'heard'; message: Message }
  /** Of the own stream; `run` is fresh every time the stream opens. */
  | { kind: 'stream'; status: LiveStatus; run: string }
  | { kind: 'event'; data: string }
  /** The session has ended, or is somebody else's. */
  | { kind: 'refused' };

export type Effect =
  | { kind: 'open' }
  | { kind: 'close' }
  | { kind: 'post'; message: Message }
  | { kind: 'deliver'; data: string }
  /** Events may have been missed: what is shown is fetched again. */
  | { kind: 'missed' }
  | { kind: 'take-over' }
  | { kind: 'over' };

export interface Step {
  tab: Tab;
  effects: Effect[];
}

export function newTab(wanted: boolean, nowMs: number): Tab {
  return {
    role: 'follower',
    wanted,
    status: 'connecting',
    run: null,
    open: false,
    unansweredMs: null,
    neededMs: nowMs,
  };
}

/** What a tab becomes by what happens to it, and what it does about it. */
export function step(tab: Tab, input: Input, nowMs: number): Step {
  switch (input.kind) {
    case 'granted':
      return openStream({ ...tab, role: 'leader', unansweredMs: null }, nowMs);
    case 'lost':
      return {
        tab: { ...tab, role: 'follower', open: false, status: broken(tab), unansweredMs: null },
        effects: tab.open ? [{ kind: 'close' }] : [],
      };
    case 'wanted':
      return want({ ...tab, wanted: input.wanted }, nowMs);
    case 'tick':
      return tab.role === 'leader' ? rest(tab, nowMs) : ask(tab, nowMs);
    case 'heard':
      return hear(tab, input.message, nowMs);
    case 'stream': {
      if (!tab.open) return { tab, effects: [] };
      const status = input.status === 'connecting' ? broken(tab) : input.status;
      const next = follow(tab, status, status === 'live' ? input.run : tab.run);
      return { tab: next.tab, effects: [...next.effects, telling(next.tab)] };
    }
    case 'event':
      return {
        tab,
        effects: [
          { kind: 'deliver', data: input.data },
          { kind: 'post', message: { kind: 'event', data: input.data } },
        ],
      };
    case 'refused':
      return {
        tab: { ...tab, open: false },
        effects: [{ kind: 'close' }, { kind: 'post', message: { kind: 'over' } }, { kind: 'over' }],
      };
  }
}

function hear(tab: Tab, message: Message, nowMs: number): Step {
  if (message.kind === 'over') return { tab, effects: [{ kind: 'over' }] };
  if (message.kind === 'ask') {
    if (tab.role === 'follower') return { tab, effects: [] };
    const needed = { ...tab, neededMs: nowMs };
    return needed.open ? { tab: needed, effects: [telling(needed)] } : openStream(needed, nowMs);
  }
  // A tab that had been frozen may still believe that it leads; the lock tells it otherwise in a moment.
  if (tab.role === 'leader') return { tab, effects: [] };
  const answered = { ...tab, unansweredMs: null };
  return message.kind === 'status'
    ? follow(answered, message.status, message.run)
    : { tab: answered, effects: [{ kind: 'deliver', data: message.data }] };
}

/** Takes over how the stream is. A run that this tab did not see from its start lacks events for it. */
function follow(tab: Tab, status: LiveStatus, run: string | null): Step {
  const missed = status === 'live' && tab.run !== null && run !== tab.run;
  return {
    tab: { ...tab, status, run: status === 'live' ? run : tab.run },
    effects: missed ? [{ kind: 'missed' }] : [],
  };
}

function want(tab: Tab, nowMs: number): Step {
  // What went unanswered out of sight says nothing: timers there are slow. Asked anew, at once.
  if (tab.role === 'follower') return ask({ ...tab, unansweredMs: null }, nowMs);
  const needed = { ...tab, neededMs: nowMs };
  return tab.wanted && !tab.open ? openStream(needed, nowMs) : { tab: needed, effects: [] };
}

/** A follower in sight asks; without an answer it says so first, and takes the lead then. */
function ask(tab: Tab, nowMs: number): Step {
  if (!tab.wanted) return { tab, effects: [] };
  const question: Effect = { kind: 'post', message: { kind: 'ask' } };
  const silentMs = nowMs - (tab.unansweredMs ?? nowMs);
  if (silentMs >= TAKE_OVER_MS)
    return { tab: { ...tab, status: 'polling', unansweredMs: nowMs }, effects: [{ kind: 'take-over' }] };
  return {
    tab: {
      ...tab,
      unansweredMs: tab.unansweredMs ?? nowMs,
      status: silentMs >= SILENT_MS ? 'polling' : tab.status,
    },
    effects: [question],
  };
}

/** A leader gives the stream back once nobody has needed it for long. */
function rest(tab: Tab, nowMs: number): Step {
  if (tab.wanted) return { tab: { ...tab, neededMs: nowMs }, effects: [] };
  if (!tab.open || nowMs - tab.neededMs < IDLE_MS) return { tab, effects: [] };
  return { tab: { ...tab, open: false, status: broken(tab) }, effects: [{ kind: 'close' }] };
}

function openStream(tab: Tab, nowMs: number): Step {
  return { tab: { ...tab, open: true, neededMs: nowMs }, effects: tab.open ? [] : [{ kind: 'open' }] };
}

/** Without a stream: for the first time, or again. */
function broken(tab: Tab): LiveStatus {
  return tab.run === null ? 'connecting' : 'reconnecting';
}

function telling(tab: Tab): Effect {
  return { kind: 'post', message: { kind: 'status', status: tab.status, run: tab.run } };
}
