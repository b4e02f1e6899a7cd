import type { LiveEvent } from '@loopstart/contracts';
import { expect, test } from 'vitest';
import { LiveStream } from './live-stream.ts';

const agent: LiveEvent = { type: 'agent', agentId: 'a', siteId: 's' };

function sink() {
  const written: string[] = [];
  return { written, writableLength: 0, write: (text: string) => written.push(text) > 0, end: () => undefined };
}

test('events are numbered and in the format of server-sent events', () => {
  const out = sink();
  const stream = new LiveStream(out, 100);
  stream.send(agent);
  stream.send({ type: 'resync' });
  expect(out.written).toEqual([`id: 101\ndata: ${JSON.stringify(agent)}\n\n`, 'id: 102\ndata: {"type":"resync"}\n\n']);
});

test('a browser that does not keep up misses events and gets one resync', () => {
  const out = sink();
  const stream = new LiveStream(out, 0);
  out.writableLength = 2_000_000;
  stream.send(agent);
  stream.send(agent);
  expect(out.written).toEqual([]);
  out.writableLength = 0;
  stream.send(agent);
  expect(out.written.map((text) => text.includes('resync'))).toEqual([true, false]);
});

test('an overrun is reported at the next heartbeat where no event comes', () => {
  const out = sink();
  const stream = new LiveStream(out, 0);
  out.writableLength = 2_000_000;
  stream.send(agent);
  out.writableLength = 0;
  stream.beat();
  stream.beat();
  expect(out.written).toEqual(['id: 1\ndata: {"type":"resync"}\n\n', ': live\n\n']);
});
