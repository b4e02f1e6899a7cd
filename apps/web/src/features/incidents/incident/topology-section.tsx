'use client';

import type { Incident } from '@loopstart/contracts';
import { Building2, Cable, type LucideIcon, MapPin, Server, Share2, Cpu } from 'lucide-react';
import Link from 'next/link';
import { explainedParts } from '../../../lib/words/incident.ts';
import { cx } from '../../../ui/cx.ts';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { knownPath } from './known-path.ts';
import { SuppressedList } from './suppressed-list.tsx';
import { t } from '../../../messages/incidents.ts';

type Node = Incident['path'][number];

const LEVELS: Record<Node['type'], { word: string; icon: LucideIcon }> = {
  operator: { word: t('operator'), icon: Building2 },
  site: { word: t('site'), icon: MapPin },
  agent: { word: t('agent'), icon: Cpu },
  gateway: { word: t('gateway'), icon: Server },
  port: { word: t('port2'), icon: Cable },
  shared: { word: t('shared'), icon: Share2 },
};

const STATES = {
  fine: { severity: 'ok', word: t('noFaultOwn') },
  unknown: { severity: 'unknown', word: t('unknown') },
  wrong: { severity: 'major', word: t('faultyToo') },
} as const;

/** From the operator down to what is wrong: where the cause sits, and what is hidden because of it. */
export function TopologySection({ incident }: { incident: Incident }) {
  const parts = explainedParts(incident.affected);
  return (
    <Section
      title={t('locationCause')}
      note={parts.length === 0 ? undefined : t('explains', { parts: parts.join(', ') })}
    >
      <ol className="flex flex-col">
        {knownPath(incident).map((node, index) => (
          <PathNode
            key={`${node.type} ${node.id}`}
            node={node}
            incident={incident}
            last={index === incident.path.length - 1}
          />
        ))}
      </ol>
      {incident.suppressed.length > 0 && (
        <div className="mt-1 ml-3.5 border-l-2 border-dashed border-unknown-line pl-5">
          <h3 className="mb-1 text-sm font-medium">
            {t('suppressedBy', { suppressedTotal: incident.suppressedTotal })}
            <span className="font-normal text-ink-2">{t('theyNotNotifiedCause')}</span>
          </h3>
          <SuppressedList alerts={incident.suppressed} />
          {incident.suppressedTotal > incident.suppressed.length && (
            <p className="mt-2 text-sm text-ink-3">
              {t('ofAreListed', { count: incident.suppressed.length, suppressedTotal: incident.suppressedTotal })}
            </p>
          )}
        </div>
      )}
    </Section>
  );
}

function PathNode({ node, incident, last }: { node: Node; incident: Incident; last: boolean }) {
  const { word, icon: Icon } = LEVELS[node.type];
  const href = hrefOf(node, incident);
  const over = incident.state === 'resolved';
  return (
    <li className="relative flex items-start gap-3 pb-3">
      {(!last || incident.suppressed.length > 0) && (
        <span aria-hidden="true" className="absolute top-7 bottom-0 left-3.5 w-px bg-line" />
      )}
      <span
        aria-hidden="true"
        className={cx(
          'grid size-7 shrink-0 place-items-center rounded-full border',
          node.cause && !over
            ? 'border-critical-line bg-critical-soft text-critical'
            : 'border-line bg-sunken text-ink-3',
        )}
      >
        <Icon className="size-3.5" />
      </span>
      <div className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center justify-between gap-x-4">
        <p className="min-w-0 wrap-anywhere">
          <span className="text-sm text-ink-3">{word} </span>
          {href === null ? (
            <span className={cx(node.cause && 'font-semibold')}>{node.name}</span>
          ) : (
            <Link href={href} className={cx('underline-offset-2 hover:underline', node.cause && 'font-semibold')}>
              {node.name}
            </Link>
          )}
        </p>
        <p className="text-sm">
          {node.cause ? (
            <SeverityLabel severity={over ? 'ok' : incident.severity}>
              {over ? t('causeHere') : t('causeHere2', { title: incident.title })}
            </SeverityLabel>
          ) : (
            <SeverityLabel severity={STATES[node.state].severity}>{STATES[node.state].word}</SeverityLabel>
          )}
        </p>
      </div>
    </li>
  );
}

/** Where to look at a step of the path. The port's own page is named by its position, which the place knows. */
function hrefOf(node: Node, { place }: Incident): string | null {
  switch (node.type) {
    case 'site':
      return `/sites/${node.id}`;
    case 'agent':
      return `/agents/${node.id}`;
    case 'gateway':
      return `/gateways/${node.id}`;
    case 'port':
      return place.gateway === null || place.port === null
        ? null
        : `/gateways/${place.gateway.id}/ports/${place.port.position}`;
    case 'operator':
    case 'shared':
      return null;
  }
}
