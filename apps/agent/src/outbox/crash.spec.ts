import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePositions, STREAM_START } from '@loopstart/domain';
import { expect, test } from 'vitest';
import { systemClock } from '../core/clock.ts';
import { Outbox } from './outbox.ts';
import { diskStorage } from './storage.ts';

const LIVES = 12;

/** Lets a writer live for a moment, kills it, and returns the last number that it said to be on disk. */
async function liveAndDie(folder: string, lifeMs: number): Promise<number> {
  const writer = spawn(process.execPath, [join(import.meta.dirname, '../testing/outbox-writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaints = '';
  writer.stdout.on('data', (part: Buffer) => {
    if (said === '') setTimeout(() => writer.kill('SIGKILL'), lifeMs);
    said += part.toString();
  });
  writer.stderr.on('data', (part: Buffer) => {
    complaints += part.toString();
  });
  const signal = await new Promise((resolve) => writer.once('close', (_code, how) => resolve(how)));
  expect(signal, complaints).toBe('SIGKILL');
  const whole = said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1) ?? '';
  return Number(whole.split(' ')[1]);
}

test(
  'kill -9 at any instant: everything that was flushed is there, in order and once',
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loopstart-crash-'));
    try {
      let flushed = 0;
      let epoch = 0;
      for (let life = 0; life < LIVES; life += 1) {
        flushed = await liveAndDie(folder, Math.random() * 120);
        const lost: unknown[] = [];
        const outbox = await Outbox.open({
          storage: diskStorage(folder),
          clock: systemClock,
          bytesMax: 268_435_456,
          onLost: (gap) => lost.push(gap),
        });
        const messages = await outbox.readAfter(STREAM_START, 10_000_000, 1_000_000_000);
        const seqs = messages.map((message) => message.position[1]);
        expect(seqs.slice(0, flushed), `life ${life}`).toEqual(Array.from({ length: flushed }, (_, i) => i + 1));
        for (const [at, message] of messages.entries()) {
          const before = messages[at - 1];
          if (before !== undefined) expect(comparePositions(before.position, message.position)).toBeLessThan(0);
          const body = JSON.parse(new TextDecoder().decode(message.body)) as { at: number };
          expect(body.at).toBe(message.position[1]);
        }
        expect(outbox.epoch).toBeGreaterThan(epoch);
        epoch = outbox.epoch;
        expect(lost).toEqual([]);
        await outbox.close();
      }
      expect(flushed).toBeGreaterThan(LIVES);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
