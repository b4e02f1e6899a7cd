import type { Corruption, Interception } from '@loopstart/snmp';
import { isDown } from '../fault/condition.ts';
import type { Fault } from '../fault/fault.ts';

const TURNS: readonly Corruption[] = ['truncate', 'wrong-type', 'loop', 'garbage'];

/**
 * The effect of the gateway's faults on the answer to one request; the worst wins. `turn` counts the requests, so that
 * mixed corruption takes each form in turn.
 */
export function interferenceOf(active: readonly Fault[], turn: number): Interception {
  if (active.length === 0) return 'answer';
  if (isDown(active) || active.some(({ kind }) => kind === 'hang')) return 'drop';
  const wrong = active.find(({ kind }) => kind === 'wrong-answers');
  if (wrong !== undefined) {
    const corrupt = wrong.corruption === 'mixed' ? TURNS[turn % TURNS.length] : wrong.corruption;
    return { corrupt: corrupt ?? 'garbage' };
  }
  const slow = active.find(({ kind }) => kind === 'slow-answers');
  return slow === undefined ? 'answer' : { delayMs: slow.delayMs };
}
