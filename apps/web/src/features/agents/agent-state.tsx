import type { Agent } from '@loopstart/contracts';
import type { Severity } from '@loopstart/domain';
import { AGENT_STATE_WORDS } from '../../lib/words/fleet.ts';
import { SeverityLabel } from '../../ui/severity-label.tsx';

/** A silent agent is unknown, not a fault of the lines behind it. */
const MARKS: Record<Agent['state'], Severity> = {
  online: 'ok',
  silent: 'unknown',
  'never-connected': 'info',
  revoked: 'major',
};

export function AgentState({ state }: { state: Agent['state'] }) {
  return <SeverityLabel severity={MARKS[state]}>{AGENT_STATE_WORDS[state]}</SeverityLabel>;
}
