'use client';

import type { Agent } from '@loopstart/contracts';
import type { ReactNode } from 'react';
import { bytes, count, measured } from '../../lib/format/number.ts';
import { Absent } from '../../ui/absent.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Ago, Moment, Since } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { clockWords } from './agent-health.ts';
import { t } from '../../messages/agents.ts';

const UNTOLD = <Absent key="untold" why={t('notReportedYet')} spelled />;

/** What an agent tells about itself, in three groups: its link to us, what it works with, its machine. */
export function AgentFacts({ agent }: { agent: Agent }) {
  const zone = agent.site.timeZone;
  return (
    <div className="grid gap-4 lg:grid-cols-3">
      <Section title={t('connection')}>
        <Facts
          columns={1}
          items={[
            [
              t('lastContact'),
              agent.lastSeenAt === null ? UNTOLD : <Ago key="seen" at={agent.lastSeenAt} siteZone={zone} />,
            ],
            [t('clock'), known(agent.clockSkewMs, (skew) => clockWords(skew))],
            [t('certificateValidUntil'), <Moment key="certificate" at={agent.certificateExpiresAt} siteZone={zone} />],
            [
              t('certificateAge'),
              agent.certificateIssuedAt === null ? UNTOLD : <Since key="age" at={agent.certificateIssuedAt} />,
            ],
            [
              t('certificateRenews'),
              agent.certificateRenewsAt === null ? (
                UNTOLD
              ) : (
                <Moment key="renews" at={agent.certificateRenewsAt} siteZone={zone} />
              ),
            ],
            [t('enrolled'), <Moment key="enrolled" at={agent.enrolledAt} siteZone={zone} />],
          ]}
        />
      </Section>
      <Section title={t('activity')}>
        <Facts
          columns={1}
          items={[
            [t('backlog'), <Backlog key="backlog" agent={agent} />],
            [
              t('settings'),
              agent.configRevisionReported === agent.configRevisionDesired
                ? t('revisionApplied', { configRevisionDesired: agent.configRevisionDesired })
                : t('revisionDesiredApplied', {
                    configRevisionDesired: agent.configRevisionDesired,
                    reported: String(agent.configRevisionReported ?? 'none'),
                  }),
            ],
            [t('polls'), known(agent.pollsOk, (ok) => pollWords(ok, agent.pollsFailed))],
            [
              t('callRecords'),
              agent.callRecords === null ? UNTOLD : <CallRecords key="calls" records={agent.callRecords} />,
            ],
            [t('messagesLostQuarantined'), `${count(agent.lostMessages)} / ${count(agent.rejectedMessages)}`],
          ]}
        />
      </Section>
      <Section title={t('machine')}>
        <Facts
          columns={1}
          items={[
            [
              t('version'),
              <span key="version" className="font-mono text-sm">
                {agent.version}
              </span>,
            ],
            [t('system'), known(agent.platform, (platform) => platform)],
            [t('runningFor'), agent.startedAt === null ? UNTOLD : <Since key="started" at={agent.startedAt} />],
            [t('memory'), known(agent.rssBytes, (rss) => bytes(rss))],
            ['CPU', known(agent.cpuPercent, (percent) => measured(percent, '%'))],
            [t('freeDisk'), known(agent.diskFreeBytes, (free) => bytes(free))],
          ]}
        />
      </Section>
    </div>
  );
}

/** What the agent has received by syslog, and what it could not use. */
function CallRecords({ records: { port, lines, steps, refused } }: { records: NonNullable<Agent['callRecords']> }) {
  const reasons = Object.entries(refused).map(([reason, times]) => `${reason} ${count(times)}`);
  const total = Object.values(refused).reduce((sum, times) => sum + times, 0);
  return (
    <>
      {port === null ? t('callRecordsNotListening') : t('callRecordsOnPort', { port: String(port), lines, steps })}
      {total > 0 && (
        <p className="text-sm text-ink-2">{t('callRecordsRefused', { count: total, reasons: reasons.join(', ') })}</p>
      )}
    </>
  );
}

function Backlog({ agent }: { agent: Agent }) {
  if (agent.backlogMessages === null) return <Absent why={t('notConnectedYet')} spelled />;
  if (agent.backlogMessages === 0) return t('noneEverythingSent');
  return (
    <>
      {t('waitingMessages', { count: agent.backlogMessages })}
      {agent.backlogBytes !== null && `, ${bytes(agent.backlogBytes)}`}
      {agent.backlogOldestAt !== null && (
        <>{t.rich('oldest', { ago: <Ago at={agent.backlogOldestAt} siteZone={agent.site.timeZone} /> })}</>
      )}
    </>
  );
}

function pollWords(ok: number, failed: number | null): string {
  const good = t('goodPolls', { ok });
  return failed === null ? good : t('failed', { good, failed });
}

/** What only a connected agent tells, in words. */
function known<T>(value: T | null, words: (value: T) => string): ReactNode {
  return value === null ? UNTOLD : words(value);
}
