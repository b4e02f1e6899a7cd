import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectionLimits } from './connection-limits.ts';
import { type Pass, type PeerEnd, PeerGate } from './peer-gate.ts';

/** A gate with a clock of the test, and a record of its decisions on each peer. */
function makeGate(limits: { connections?: number; unadmitted?: number; servedPerAddress?: number } = {}) {
  let nowMs = 0;
  const timers = new Set<{ atMs: number; run: () => void }>();
  const gate = new PeerGate({
    connections: 100,
    unadmitted: 50,
    servedPerAddress: 3,
    admissionMs: 15_000,
    ...limits,
    schedule: (delayMs, run) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  });
  const arrive = (block: string) => {
    const peer = { served: false, ended: null as PeerEnd | null, pass: undefined as unknown as Pass };
    peer.pass = gate.arrive({
      block,
      serve: () => (peer.served = true),
      end: (reason) => (peer.ended = reason),
    });
    return peer;
  };
  const pass = (ms: number) => {
    nowMs += ms;
    for (const timer of timers) if (timer.atMs <= nowMs && timers.delete(timer)) timer.run();
  };
  return { gate, arrive, pass, timers };
}

describe('unadmitted', () => {
  test('are ended at the deadline, whatever they sent, and not after they were admitted', () => {
    const { arrive, pass } = makeGate();
    const [slow, proven, agent] = [arrive('a'), arrive('a'), arrive('a')];
    proven.pass.proven();
    agent.pass.letIn();
    pass(14_999);
    expect([slow.ended, proven.ended, agent.ended]).toEqual([null, null, null]);
    pass(1);
    expect([slow.ended, proven.ended, agent.ended]).toEqual(['slow', 'slow', null]);
  });

  test('of one address wait for their turn, which passes on with a certificate or an end', () => {
    const { arrive } = makeGate();
    const peers = Array.from({ length: 6 }, () => arrive('nat'));
    const elsewhere = arrive('other');
    expect(peers.map(({ served }) => served)).toEqual([true, true, true, false, false, false]);
    expect(elsewhere.served).toBe(true);
    peers[0]!.pass.proven();
    peers[1]!.pass.letIn();
    peers[2]!.pass.leave();
    expect(peers.map(({ served }) => served)).toEqual([true, true, true, true, true, true]);
  });

  test('2,000 agents of one address that come back at once are all admitted, none is refused', () => {
    const { arrive, gate } = makeGate(connectionLimits(20_000));
    const agents = Array.from({ length: 2_000 }, () => arrive('nat'));
    const letIn: (typeof agents)[number][] = [];
    while (letIn.length < agents.length) {
      const served = agents.filter((agent) => agent.served && !letIn.includes(agent));
      expect(served.length).toBeGreaterThan(0);
      expect(served.length).toBeLessThanOrEqual(256);
      for (const agent of served) {
        agent.pass.proven();
        agent.pass.letIn();
        letIn.push(agent);
      }
    }
    expect(agents.filter(({ ended }) => ended !== null)).toEqual([]);
    expect(gate.unadmitted).toBe(0);
  });

  test('of one address that fill everything make room for another address', () => {
    const { arrive } = makeGate({ unadmitted: 10 });
    const flood = Array.from({ length: 12 }, () => arrive('flood'));
    expect(flood.map(({ ended }) => ended)).toEqual([...Array<null>(10).fill(null), 'busy', 'busy']);
    const agent = arrive('site');
    expect([agent.served, agent.ended, flood[0]!.ended]).toEqual([true, null, 'busy']);
  });

  test('never take the slots of agents', () => {
    const { arrive, gate } = makeGate({ connections: 10, unadmitted: 8 });
    const agents = Array.from({ length: 7 }, (_, index) => arrive(`site-${index}`));
    for (const { pass } of agents) pass.letIn();
    const unadmitted = Array.from({ length: 5 }, (_, index) => arrive(`x-${index}`));
    expect(unadmitted.map(({ ended }) => ended)).toEqual([null, null, null, 'busy', 'busy']);
    expect(agents.every(({ ended }) => ended === null)).toBe(true);
    agents[0]!.pass.leave();
    expect(gate.unadmitted).toBe(3);
    expect(arrive('late').ended).toBeNull();
  });

  test('in any order of events: the limits hold, no peer is ended twice or forgotten', () => {
    const event = fc.record({
      what: fc.constantFrom('arrive', 'proven', 'letIn', 'leave', 'time'),
      block: fc.constantFrom('a', 'b', 'c'),
      which: fc.nat(40),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 120 }), (events) => {
        const limits = { connections: 9, unadmitted: 6, servedPerAddress: 2 };
        const { gate, arrive, pass, timers } = makeGate(limits);
        const peers: { block: string; peer: ReturnType<typeof arrive>; state: string }[] = [];
        for (const { what, block, which } of events) {
          const one = peers[which % Math.max(1, peers.length)];
          if (what === 'arrive') peers.push({ block, peer: arrive(block), state: 'new' });
          else if (what === 'time') pass(6_000);
          // A connection calls these only while it exists, and after it was read from.
          else if (one !== undefined && one.peer.ended === null && one.state !== 'leave') {
            if (what === 'leave' || one.peer.served) {
              one.peer.pass[what]();
              one.state = one.state === 'letIn' && what === 'proven' ? 'letIn' : what;
            }
          }
          const here = peers.filter(({ peer, state }) => peer.ended === null && state !== 'leave');
          const unadmitted = here.filter(({ state }) => state !== 'letIn');
          expect(gate.unadmitted).toBe(unadmitted.length);
          expect(timers.size).toBe(unadmitted.length);
          expect(unadmitted.length).toBeLessThanOrEqual(limits.unadmitted);
          expect(here.length).toBeLessThanOrEqual(limits.connections);
          for (const name of ['a', 'b', 'c']) {
            const own = unadmitted.filter(({ block: of, state }) => of === name && state === 'new');
            const served = own.filter(({ peer }) => peer.served).length;
            expect(served).toBe(Math.min(own.length, limits.servedPerAddress));
          }
        }
      }),
    );
  });
});
