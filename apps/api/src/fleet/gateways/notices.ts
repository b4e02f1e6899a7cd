import type { GatewayNotice, GatewaySummary } from '@loopstart/contracts';

/** What of a gateway's record is not as it should be, as read. */
export interface RecordState {
  retiredAt: Date | null;
  retiredBecause: 'retired' | 'replaced' | 'merged' | null;
  retiredBy: string | null;
  retiredNote: string | null;
  successor: { id: string; name: string } | null;
  /** Whether every agent of its site goes by the merge; null: it was not merged, or no agent is there. */
  agentsLearned: boolean | null;
  displacedBy: { id: string; name: string } | null;
  displacedKept: boolean;
  targetRemovedAt: Date | null;
  agentRevokedAt: Date | null;
  identity: { conflict: { kind: 'same-identity' | 'cloned-identity'; addresses: string[] } | null } | null;
  observedAt: Date | null;
}

type Retirement = NonNullable<GatewaySummary['retired']>;

/** How a gateway went out of service; null while it is in service. Pure. */
export function retirementOf(state: RecordState): Retirement | null {
  if (state.retiredAt === null) return null;
  return {
    at: state.retiredAt.toISOString(),
    by: state.retiredBy ?? '',
    because: state.retiredBecause ?? 'retired',
    note: state.retiredNote,
    successor: state.successor,
    reportedAgain: state.observedAt !== null && state.observedAt > state.retiredAt,
    agentsLearned: state.agentsLearned,
  };
}

/** What people must know of a gateway's record, the gravest first. Pure. */
export function noticesOf(state: RecordState): GatewayNotice[] {
  const retired = retirementOf(state);
  if (retired !== null) {
    if (!retired.reportedAgain) return [];
    const text =
      retired.because === 'retired'
        ? 'Retired, but reported again: its agent still reads it. Restore it, or take its discovery target away.'
        : `It was ${retired.because}, but is reported again: take its discovery target away, or look which device answers there.`;
    return [{ code: 'retired-reported-again', text, other: retired.successor }];
  }
  const notices: GatewayNotice[] = [];
  if (state.displacedBy !== null && !state.displacedKept)
    notices.push({
      code: 'displaced',
      text: `Another gateway, ${state.displacedBy.name}, answers at its address now. Does that one replace it?`,
      other: state.displacedBy,
    });
  const conflict = state.identity?.conflict ?? null;
  if (conflict !== null) notices.push({ code: 'identity-conflict', text: conflictText(conflict), other: null });
  if (state.agentRevokedAt !== null)
    notices.push({
      code: 'agent-revoked',
      text: 'Its agent was revoked: nothing reads it any more. Retire it, or install an agent that reads it.',
      other: null,
    });
  else if (state.targetRemovedAt !== null)
    notices.push({
      code: 'target-removed',
      text: 'Its discovery target was taken away: nothing reads it any more. Retire it, or add the target again.',
      other: null,
    });
  return notices;
}

function conflictText({ kind, addresses }: { kind: 'same-identity' | 'cloned-identity'; addresses: string[] }): string {
  const where = addresses.length === 0 ? 'another address' : addresses.join(', ');
  return kind === 'cloned-identity'
    ? `Another device, at ${where}, has the same serial number or MAC address: they are kept apart by what else they tell.`
    : `The same identity answers at ${where} too, and nothing tells whether that is the same device. Only one is read.`;
}
