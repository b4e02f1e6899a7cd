import type { AgentReturn } from '@loopstart/contracts';

/** How many agents wait for a decision, and how urgent the worst of them is: another reason than a long absence may be a copy. */
export function attentionOf(returns: readonly Pick<AgentReturn, 'approved' | 'reason'>[]): {
  waiting: number;
  severity: 'minor' | 'critical';
} {
  const waiting = returns.filter(({ approved }) => approved === null);
  const isUsual = waiting.every(({ reason }) => reason === 'away-too-long');
  return { waiting: waiting.length, severity: isUsual ? 'minor' : 'critical' };
}
