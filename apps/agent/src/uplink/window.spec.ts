import { comparePositions, type Position } from '@loopstart/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACK_TIMEOUT_MS,
  applyToWindow,
  initialWindow,
  nextWindowStep,
  WINDOW_BYTES,
  WINDOW_MESSAGES,
  type WindowEvent,
  type WindowState,
} from './window.ts';

const at = (seq: number): Position => [1, seq];
const message = (seq: number, bytes = 100) => ({ position: at(seq), bytes });
const upTo = (count: number, bytes = 100) => Array.from({ length: count }, (_, i) => message(i + 1, bytes));

function play(events: readonly (readonly [atMs: number, event: WindowEvent])[], acked: Position = at(0)): WindowState {
  return events.reduce((state, [ms, event]) => applyToWindow(state, event, ms), initialWindow(acked));
}

describe('the next step of the sender', () => {
  const connected = [0, { type: 'connected' }] as const;
  const sent3 = [0, { type: 'sent', messages: upTo(3) }] as const;
  test.for([
    ['waits without a connection', [], 0, { do: 'wait', untilMs: null }],
    ['sends when connected', [connected], 0, { do: 'send', messagesMax: WINDOW_MESSAGES, bytesMax: WINDOW_BYTES }],
    [
      'sends less while something is on its way',
      [connected, sent3],
      0,
      { do: 'send', messagesMax: WINDOW_MESSAGES - 3, bytesMax: WINDOW_BYTES - 300 },
    ],
    [
      'waits when the window is full',
      [connected, [0, { type: 'sent', messages: upTo(WINDOW_MESSAGES) }]],
      5,
      { do: 'wait', untilMs: ACK_TIMEOUT_MS },
    ],
    [
      'waits when enough bytes are on their way',
      [connected, [0, { type: 'sent', messages: upTo(1, WINDOW_BYTES) }]],
      5,
      { do: 'wait', untilMs: ACK_TIMEOUT_MS },
    ],
    [
      'an acknowledgement frees the window up to it',
      [connected, [0, { type: 'sent', messages: upTo(WINDOW_MESSAGES) }], [9, { type: 'acked', position: at(150) }]],
      10,
      { do: 'send', messagesMax: 150, bytesMax: WINDOW_BYTES - 5_000 },
    ],
    ['sends again when nothing is acknowledged for long', [connected, sent3], ACK_TIMEOUT_MS, { do: 'resend' }],
    [
      'an acknowledgement begins the wait anew',
      [connected, sent3, [9_000, { type: 'acked', position: at(1) }]],
      ACK_TIMEOUT_MS + 1,
      { do: 'send', messagesMax: WINDOW_MESSAGES - 2, bytesMax: WINDOW_BYTES - 200 },
    ],
    [
      'waits twice as long after a resend',
      [
        connected,
        sent3,
        [ACK_TIMEOUT_MS, { type: 'timed-out' }],
        [ACK_TIMEOUT_MS, { type: 'sent', messages: upTo(3) }],
      ],
      ACK_TIMEOUT_MS * 2,
      { do: 'send', messagesMax: WINDOW_MESSAGES - 3, bytesMax: WINDOW_BYTES - 300 },
    ],
    ['holds while paused', [connected, [0, { type: 'paused', forMs: 500 }]], 499, { do: 'wait', untilMs: 500 }],
    [
      'goes on after the pause',
      [connected, [0, { type: 'paused', forMs: 500 }]],
      500,
      { do: 'send', messagesMax: WINDOW_MESSAGES, bytesMax: WINDOW_BYTES },
    ],
    [
      'a pause does not count as silence: the wait for acknowledgements starts after it',
      [connected, sent3, [0, { type: 'paused', forMs: 50_000 }]],
      50_001,
      { do: 'send', messagesMax: WINDOW_MESSAGES - 3, bytesMax: WINDOW_BYTES - 300 },
    ],
    [
      'a broken connection forgets the pause and what was on its way',
      [
        connected,
        sent3,
        [0, { type: 'paused', forMs: 50_000 }],
        [1, { type: 'disconnected' }],
        [2, { type: 'connected' }],
      ],
      3,
      { do: 'send', messagesMax: WINDOW_MESSAGES, bytesMax: WINDOW_BYTES },
    ],
  ] as [string, [number, WindowEvent][], number, object][])('%s', ([, events, nowMs, expected]) => {
    expect(nextWindowStep(play(events), nowMs)).toEqual(expected);
  });
});

describe('where the sender continues', () => {
  const base: [number, WindowEvent][] = [
    [0, { type: 'connected' }],
    [0, { type: 'sent', messages: upTo(10) }],
    [1, { type: 'acked', position: at(4) }],
  ];
  test.for([
    ['after the last sent', [], at(10)],
    ['after the last acknowledged on a new connection', [[2, { type: 'disconnected' }]], at(4)],
    ['after the last acknowledged when nothing is received', [[2, { type: 'timed-out' }]], at(4)],
    ['where the cloud asks', [[2, { type: 'rewound', position: at(6) }]], at(6)],
    ['even before its last acknowledgement', [[2, { type: 'rewound', position: at(2) }]], at(2)],
    [
      'where the cloud requests, once, although it repeats that for every message in flight',
      [
        [2, { type: 'rewound', position: at(2) }],
        [3, { type: 'sent', messages: [message(3), message(4)] }],
        [4, { type: 'rewound', position: at(2) }],
      ],
      at(4),
    ],
    [
      'where the cloud asks again after a while',
      [
        [2, { type: 'rewound', position: at(2) }],
        [3, { type: 'sent', messages: [message(3), message(4)] }],
        [1_002, { type: 'rewound', position: at(2) }],
      ],
      at(2),
    ],
    ['beyond what was sent, when the cloud has more', [[2, { type: 'acked', position: at(12) }]], at(12)],
    ['unmoved by a late acknowledgement', [[2, { type: 'acked', position: at(3) }]], at(10)],
  ] as [string, [number, WindowEvent][], Position][])('%s', ([, events, cursor]) => {
    expect(play([...base, ...events]).cursor).toEqual(cursor);
  });

  test('the window is never overfull and the cursor never before the base, after any events', () => {
    const events = fc.oneof(
      fc.constant({ type: 'connected' } as const),
      fc.constant({ type: 'disconnected' } as const),
      fc.constant({ type: 'timed-out' } as const),
      fc.record({ type: fc.constant('acked' as const), position: fc.nat(500).map(at) }),
      fc.record({ type: fc.constant('rewound' as const), position: fc.nat(500).map(at) }),
      fc.record({ type: fc.constant('paused' as const), forMs: fc.nat(60_000) }),
      fc.constant('send' as const),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2_000), events), { maxLength: 60 }), (steps) => {
        let state = initialWindow(at(0));
        let nowMs = 0;
        for (const [passed, step] of steps) {
          nowMs += passed;
          if (step === 'send') {
            const next = nextWindowStep(state, nowMs);
            if (next.do !== 'send') continue;
            const first = state.cursor[1] + 1;
            const messages = Array.from({ length: next.messagesMax }, (_, i) => message(first + i, 10));
            state = applyToWindow(state, { type: 'sent', messages }, nowMs);
          } else state = applyToWindow(state, step, nowMs);
          expect(state.inFlight.length).toBeLessThanOrEqual(WINDOW_MESSAGES);
          expect(comparePositions(state.base, state.cursor)).toBeLessThanOrEqual(0);
          for (const sent of state.inFlight) expect(comparePositions(sent.position, state.base)).toBeGreaterThan(0);
        }
      }),
    );
  });
});
