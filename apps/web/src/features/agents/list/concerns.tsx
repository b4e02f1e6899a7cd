'use client';

import type { Agent } from '@loopstart/contracts';
import { useNow } from '../../../lib/clock/now.tsx';
import { t } from '../../../messages/agents.ts';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { agentConcerns, CONCERN_SEVERITY } from '../agent-health.ts';

const STEP_MS = 60_000;

/** The worst concern about an agent in one line, and how many more there are. */
export function WorstConcern({ agent }: { agent: Agent }) {
  const [first, ...more] = agentConcerns(agent, useNow(STEP_MS));
  if (first === undefined) return <span className="text-ink-3">{t('nothing')}</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <SeverityLabel severity={CONCERN_SEVERITY[first.level]} className="[&>span]:truncate">
        <span className="font-normal text-ink-2">{first.sentence}</span>
      </SeverityLabel>
      {more.length > 0 && <span className="shrink-0 text-ink-3">{t('andMore', { count: more.length })}</span>}
    </span>
  );
}

/** All concerns about an agent, worst first. */
export function Concerns({ agent }: { agent: Agent }) {
  const concerns = agentConcerns(agent, useNow(STEP_MS));
  if (concerns.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1.5 text-sm">
      {concerns.map(({ code, level, sentence }) => (
        <li key={code}>
          <SeverityLabel severity={CONCERN_SEVERITY[level]}>
            <span className="font-normal text-ink-2">{sentence}</span>
          </SeverityLabel>
        </li>
      ))}
    </ul>
  );
}
