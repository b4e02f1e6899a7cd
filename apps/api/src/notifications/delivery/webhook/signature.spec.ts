import { createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { makeKey, signedHeaders } from './signature.ts';

const NOW = Date.now();
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Verifies a v1a signature with the public key alone, as a receiver would. */
function verifies(publicKey: string, id: string, timestamp: string, body: string, signature: string): boolean {
  const point = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64');
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, point]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(`${id}.${timestamp}.${body}`), key, Buffer.from(signature, 'base64'));
}

describe('v1', () => {
  test('matches the example of the standard', () => {
    const key = { algorithm: 'v1' as const, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
    const headers = signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330_000, '{"test": 2432232314}', [key]);
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('is accepted by the public library for any id and body', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.json(), (id, body) => {
        const key = makeKey('v1');
        const headers = signedHeaders(`msg_${id}`, NOW, body, [key]);
        expect(() => new Webhook(key.secret).verify(body, { ...headers })).not.toThrow();
        expect(() => new Webhook(key.secret).verify(`${body} `, { ...headers })).toThrow();
      }),
      { numRuns: 50 },
    );
  });

  test('has a secret of 24 to 64 bytes', () => {
    const bytes = Buffer.from(makeKey('v1').secret.replace('whsec_', ''), 'base64').length;
    expect(bytes).toBeGreaterThanOrEqual(24);
    expect(bytes).toBeLessThanOrEqual(64);
  });
});

describe('v1a', () => {
  test('is verified with the public key alone, and for nothing else', () => {
    const key = makeKey('v1a');
    expect([key.secret.slice(0, 5), key.publicKey!.slice(0, 5)]).toEqual(['whsk_', 'whpk_']);
    const { 'webhook-timestamp': at, 'webhook-signature': header } = signedHeaders('msg_1', NOW, '{"a":1}', [key]);
    const [version, signature] = header.split(',') as [string, string];
    expect(version).toBe('v1a');
    expect(verifies(key.publicKey!, 'msg_1', at, '{"a":1}', signature)).toBe(true);
    expect(verifies(key.publicKey!, 'msg_2', at, '{"a":1}', signature)).toBe(false);
    expect(verifies(makeKey('v1a').publicKey!, 'msg_1', at, '{"a":1}', signature)).toBe(false);
  });
});

test('several keys sign at once, the newest first; each receiver finds its own', () => {
  const [newest, old, pair] = [makeKey('v1'), makeKey('v1'), makeKey('v1a')];
  const headers = signedHeaders('msg_1', NOW, '{}', [newest, pair, old]);
  const signatures = headers['webhook-signature'].split(' ');
  expect(signatures.map((one) => one.split(',')[0])).toEqual(['v1', 'v1a', 'v1']);
  for (const { secret } of [newest, old]) new Webhook(secret).verify('{}', { ...headers });
  expect(() => new Webhook(makeKey('v1').secret).verify('{}', { ...headers })).toThrow();
});
