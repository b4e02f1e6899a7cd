'use client';

import type { Overview } from '@loopstart/contracts';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { count, share } from '../../lib/format/number.ts';
import { Absent } from '../../ui/absent.tsx';
import { CountsBar, CountsLegend } from '../../ui/counts-bar.tsx';
import { okOfTotal } from '../../lib/words/line-counts.ts';
import { Section } from '../../ui/section.tsx';
import { t } from '../../messages/overview.ts';

/** How much works, in figures that sum up to everything. */
export function FinePanel({ overview }: { overview: Overview }) {
  const { ports, gateways, agents } = overview;
  return (
    <Section title={t('health')}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-2xl font-semibold tracking-tight">{share(ports.ok, ports.total)}</span>
            <span className="text-ink-2">{okOfTotal(ports)}</span>
          </p>
          <CountsBar counts={ports} tall />
          <CountsLegend counts={ports} />
        </div>
        <dl className="divide-y divide-line border-t border-line">
          <Row href="/gateways" name="Gateways">
            {t('ofReachable', { reachable: gateways.reachable, total: gateways.total })}
            <More
              parts={[
                [gateways.unreachable, t('unreachable')],
                [gateways.unknown, 'unknown'],
              ]}
            />
          </Row>
          <Row href="/agents" name="Agents">
            {t('ofOnline', { online: agents.online, total: agents.total })}
            <More
              parts={[
                [agents.silent, 'silent'],
                [agents.neverConnected, t('neverConnected')],
              ]}
            />
          </Row>
          <Row href="/ports" name="Calls now">
            {overview.activeCalls === null ? <Absent why={t('noGatewayReports')} /> : count(overview.activeCalls)}
          </Row>
          <Row href="/sites" name="Sites">
            {count(overview.sites)}
          </Row>
          <Row href="/customers" name="Customers">
            {count(overview.customers)}
          </Row>
        </dl>
      </div>
    </Section>
  );
}

function Row({ href, name, children }: { href: string; name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 py-2 last:pb-0">
      <dt>
        <Link href={href} className="inline-block py-0.5 text-ink-2 underline-offset-2 hover:text-ink hover:underline">
          {name}
        </Link>
      </dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

function More({ parts }: { parts: readonly (readonly [n: number, word: string])[] }) {
  const said = parts.filter(([n]) => n > 0).map(([n, word]) => `${count(n)} ${word}`);
  return said.length === 0 ? null : <span className="block text-sm text-ink-2">{said.join(', ')}</span>;
}
