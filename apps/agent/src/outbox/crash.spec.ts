import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePositions, STREAM_START } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { Outbox } from './outbox.ts';
import { diskStorage } from './storage.ts';

const AGENT = '11111111-2222-4333-8444-555555555555';
const LIVES = 12;

/** Runs a writer for a moment, kills it, and returns the numbers that it reported to be on disk. */
async function liveAndDie(folder: string, lifeMs: number): Promise<number[]> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, '../testing/outbox-writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  writer.stdout.on('data', (part: Buffer) => {
    if (output === '') setTimeout(() => writer.kill('SIGKILL'), lifeMs);
    output += part.toString();
  });
  writer.stderr.on('data', (part: Buffer) => {
    complaints += part.toString();
  });
  const signal = await new Promise((resolve) => writer.once('close', (_code, how) => resolve(how)));
  expect(signal, complaints).toBe('SIGKILL');
  const lines = output.split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    const [first = 0, last = -1] = line.split(' ').map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

/** Opens the outbox of the writer, compares it with its reports, and closes it again. */
async function inspect(folder: string, flushed: ReadonlySet<number>): Promise<number> {
  const lost: unknown[] = [];
  const outbox = await Outbox.open({
    storage: diskStorage(folder),
    clock: systemClock,
    agentId: AGENT,
    bytesMax: 268_435_456,
    onLost: (gap) => lost.push(gap),
  });
  const messages = await outbox.readAfter(STREAM_START, 10_000_000, 1_000_000_000);
  const found = new Set(messages.map((message) => message.position[1]));
  expect([...flushed].filter((seq) => !found.has(seq))).toEqual([]);
  expect(found.size).toBe(messages.length);
  for (const [at, message] of messages.entries()) {
    const before = messages[at - 1];
    if (before !== undefined) expect(comparePositions(before.position, message.position)).toBeLessThan(0);
    expect(JSON.parse(new TextDecoder().decode(message.body))).toMatchObject({ at: message.position[1] });
  }
  expect(lost).toEqual([]);
  await outbox.close();
  return outbox.epoch;
}

test('kill -9 at any instant: flushed messages are present, in order and once', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loopstart-crash-'));
  try {
    const flushed = new Set<number>();
    let epoch = 0;
    for (let life = 0; life < LIVES; life += 1) {
      for (const seq of await liveAndDie(folder, Math.random() * 120)) flushed.add(seq);
      const next = await inspect(folder, flushed);
      expect(next).toBeGreaterThan(epoch);
      epoch = next;
    }
    expect(flushed.size).toBeGreaterThan(LIVES);
  } finally {
    await rm(folder, { recursive: true });
  }
});
