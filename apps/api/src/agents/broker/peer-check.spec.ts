import { expect, test } from 'vitest';
import { judgePeer, type Peer, type PeerRefusal, peerRefusalSentence } from './peer-check.ts';

const peer: Peer = { commonName: 'agent-1', serial: '4A', refusal: null };

test.for([
  ['its own certificate', peer, { agentId: 'agent-1', revoked: false, superseded: false }, null],
  [
    'what TLS refused already',
    { ...peer, refusal: 'expired' },
    { agentId: 'agent-1', revoked: false, superseded: false },
    'expired',
  ],
  ['a certificate that was never issued', peer, null, 'unknown-certificate'],
  ['a revoked one', peer, { agentId: 'agent-1', revoked: true, superseded: true }, 'revoked'],
  ['one behind a later one', peer, { agentId: 'agent-1', revoked: false, superseded: true }, 'superseded'],
  ['a certificate of another agent', peer, { agentId: 'agent-2', revoked: false, superseded: false }, 'wrong-agent'],
] as const)('%s', ([, given, known, expected]) => {
  expect(judgePeer(given, known)).toBe(expected);
});

test('each refusal has a sentence of its own', () => {
  const all: PeerRefusal[] = [
    'no-certificate',
    'untrusted',
    'expired',
    'unknown-certificate',
    'revoked',
    'superseded',
    'wrong-agent',
  ];
  expect(new Set(all.map(peerRefusalSentence)).size).toBe(all.length);
});
