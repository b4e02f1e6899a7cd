import type { LiveEvent } from '@loopstart/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunk } from './live-bus.ts';

const id = '0d9c5e0a-4f0e-4b7e-8a39-6a1f0c2d7e55';
const event = (label: string): LiveEvent => ({
  type: 'gateway',
  gatewayId: id,
  siteId: id,
  observedAt: '2026-01-01T00:00:00.000Z',
  ports: [{ position: 1, label }],
});

test('every payload fits a NOTIFY and no event is lost but those too large, which become a resync', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 9_000 }), { maxLength: 20 }), (labels) => {
      const payloads = chunk('self', id, labels.map(event));
      for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
      const received = payloads.flatMap((payload) => (JSON.parse(payload) as { events: LiveEvent[] }).events);
      expect(received).toHaveLength(labels.length);
      received.forEach((got, index) => {
        if (got.type !== 'resync') expect(got).toEqual(event(labels[index]!));
        else expect(Buffer.byteLength(JSON.stringify(event(labels[index]!)))).toBeGreaterThan(7_000);
      });
    }),
  );
});
