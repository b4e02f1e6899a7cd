import type { SiteFacts } from './facts.ts';
import type { LinesResult } from './lines.ts';
import type { ApplyVerdict } from './reasons.ts';

export interface VerdictFacts extends SiteFacts {
  /** Whether the gateway answers SNMP. */
  answers: boolean;
  /** Its lines against before; null: not read. */
  lines: LinesResult | null;
}

/**
 * What is the cause of the present state. An outage is named only where it shows without this gateway: every other
 * registered gateway of the site lost its registration as well, and the agent itself does not reach the SIP server. The
 * change is named only where others keep theirs and the server answers. Everything else is `cannot-tell`, above all a
 * gateway that is silent: a power cut looks the same.
 */
export function verdict({ answers, lines, others, sipServerAnswers, brokerReachable }: VerdictFacts): ApplyVerdict {
  if (!answers || lines === null) return 'cannot-tell';
  if (lines.result === 'as-before') return 'works';
  if (lines.result === 'unclear') return 'cannot-tell';
  const othersKnown = others.unknown === 0 && others.registered + others.lost > 0;
  if (!othersKnown) return 'cannot-tell';
  if (others.lost === 0) return sipServerAnswers === true || !lines.registration ? 'config' : 'cannot-tell';
  const allLost = others.registered === 0;
  if (!lines.registration || !allLost || sipServerAnswers !== false) return 'cannot-tell';
  if (brokerReachable === null) return 'cannot-tell';
  return brokerReachable ? 'sip-server-down' : 'site-offline';
}
