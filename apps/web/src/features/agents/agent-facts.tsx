'use client';

import type { Agent } from '@loopstart/contracts';
import type { ReactNode } from 'react';
import { bytes, count, measured } from '../../lib/format/number.ts';
import { Absent } from '../../ui/absent.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Ago, Moment, Since } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { clockWords } from './agent-health.ts';

const UNTOLD = <Absent key="untold" why="it has not told yet" spelled />;

/** What an agent tells about itself, in three groups: its link to us, what it works with, its machine. */
export function AgentFacts({ agent }: { agent: Agent }) {
  const zone = agent.site.timeZone;
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      <Section title="Link">
        <Facts
          columns={1}
          items={[
            [
              'Last heard',
              agent.lastSeenAt === null ? UNTOLD : <Ago key="seen" at={agent.lastSeenAt} siteZone={zone} />,
            ],
            ['Clock', known(agent.clockSkewMs, (skew) => clockWords(skew))],
            ['Certificate valid until', <Moment key="certificate" at={agent.certificateExpiresAt} siteZone={zone} />],
            ['Enrolled', <Moment key="enrolled" at={agent.enrolledAt} siteZone={zone} />],
          ]}
        />
      </Section>
      <Section title="Work">
        <Facts
          columns={1}
          items={[
            ['Backlog', <Backlog key="backlog" agent={agent} />],
            [
              'Settings',
              agent.configRevisionReported === agent.configRevisionDesired
                ? `Revision ${agent.configRevisionDesired}, in force`
                : `Revision ${agent.configRevisionDesired} wanted, ${agent.configRevisionReported ?? 'none'} in force`,
            ],
            ['Readings', known(agent.pollsOk, (ok) => pollWords(ok, agent.pollsFailed))],
            ['Messages lost / set aside', `${count(agent.lostMessages)} / ${count(agent.rejectedMessages)}`],
          ]}
        />
      </Section>
      <Section title="Machine">
        <Facts
          columns={1}
          items={[
            [
              'Version',
              <span key="version" className="font-mono text-sm">
                {agent.version}
              </span>,
            ],
            ['System', known(agent.platform, (platform) => platform)],
            ['Running for', agent.startedAt === null ? UNTOLD : <Since key="started" at={agent.startedAt} />],
            ['Memory', known(agent.rssBytes, (rss) => bytes(rss))],
            ['CPU', known(agent.cpuPercent, (percent) => measured(percent, '%'))],
            ['Free disk', known(agent.diskFreeBytes, (free) => bytes(free))],
          ]}
        />
      </Section>
    </div>
  );
}

function Backlog({ agent }: { agent: Agent }) {
  if (agent.backlogMessages === null) return <Absent why="it has not connected yet" spelled />;
  if (agent.backlogMessages === 0) return 'None, everything is sent';
  return (
    <>
      {count(agent.backlogMessages)} messages
      {agent.backlogBytes !== null && `, ${bytes(agent.backlogBytes)}`}
      {agent.backlogOldestAt !== null && (
        <>
          , oldest <Ago at={agent.backlogOldestAt} siteZone={agent.site.timeZone} />
        </>
      )}
    </>
  );
}

function pollWords(ok: number, failed: number | null): string {
  const good = `${count(ok)} good since it started`;
  return failed === null ? good : `${good}, ${count(failed)} failed`;
}

/** What only a connected agent tells, in words. */
function known<T>(value: T | null, words: (value: T) => string): ReactNode {
  return value === null ? UNTOLD : words(value);
}
