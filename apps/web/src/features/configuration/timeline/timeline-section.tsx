'use client';

import { GitCommitHorizontal, Send, Siren } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useInfiniteQuery } from '../../../lib/api/use-query.ts';
import { duration } from '../../../lib/format/time.ts';
import { t } from '../../../messages/config-timeline.ts';
import { t as common } from '../../../messages/common.ts';
import { t as configuration } from '../../../messages/configuration.ts';
import { Button } from '../../../ui/button.tsx';
import { cx } from '../../../ui/cx.ts';
import { Moment } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { Bone, Loading } from '../../../ui/skeleton.tsx';
import { Failure } from '../../../ui/state-panel.tsx';
import { JOB_SEVERITY } from '../deployments/job-state.tsx';
import { timelineQuery } from '../queries.ts';
import { type Mark, type TimelineRow, withMarks } from './marked.ts';
import { RevisionChanges } from './revision-changes.tsx';

const NO_MARKS: readonly Mark[] = [];

/**
 * What was published and deployed for a gateway or one of its lines, by whom and why, and how it ended there, the newest
 * first. `marks`: when incidents began, so that people see what changed before.
 */
export function ChangeTimeline(props: {
  gatewayId: string;
  position?: number;
  marks?: readonly Mark[];
  siteZone: string | null;
}) {
  const { gatewayId, position, marks = NO_MARKS, siteZone } = props;
  const list = useInfiniteQuery(timelineQuery(gatewayId, { position }));
  const items = list.data?.pages.flatMap((page) => page.items);
  const rows = items === undefined ? [] : withMarks(items, marks, !list.hasNextPage);
  return (
    <Section title={t('title')} note={t(position === undefined ? 'ofGateway' : 'ofLine')}>
      {items === undefined ? (
        list.error === null ? (
          <Loading what={t('lower')}>
            <Bone className="h-24 w-full" />
          </Loading>
        ) : (
          <Failure error={list.error} retry={list.refetch} />
        )
      ) : items.length === 0 ? (
        <p className="text-sm text-ink-2">{t('none')}</p>
      ) : (
        <ol className="flex flex-col">
          {rows.map((row, at) => (
            <li key={keyOf(row)} className="relative flex gap-3 pb-4 last:pb-0">
              {at < rows.length - 1 && (
                <span aria-hidden="true" className="absolute top-7 bottom-0 left-3.5 w-px bg-line" />
              )}
              <Row row={row} zone={siteZone} />
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {common('showOlder')}
        </Button>
      )}
    </Section>
  );
}

function keyOf(row: TimelineRow): string {
  if (row.kind === 'mark') return row.mark.id;
  return row.item.kind === 'revision' ? `revision ${row.item.revision}` : row.item.deploymentId;
}

function Row({ row, zone }: { row: TimelineRow; zone: string | null }) {
  if (row.kind === 'mark') {
    const { title, href, at } = row.mark;
    return (
      <Line icon={<Siren className="size-3.5" />} isMark at={at} zone={zone}>
        {t.rich('incidentBegan', {
          incident: (
            <Link href={href} className="font-medium underline underline-offset-2">
              {title}
            </Link>
          ),
        })}
      </Line>
    );
  }
  const { item, beforeMs } = row;
  const before = beforeMs !== null && (
    <p className="font-medium text-major">{t('beforeIncident', { since: duration(beforeMs) })}</p>
  );
  if (item.kind === 'revision')
    return (
      <Line
        icon={<GitCommitHorizontal className="size-3.5" />}
        at={item.at}
        zone={zone}
        under={
          <>
            {before}
            <p className="wrap-anywhere text-ink-2">{t('because', { who: item.by, reason: item.reason })}</p>
            <RevisionChanges changes={item.changes} total={item.changesTotal} revision={item.revision} />
          </>
        }
      >
        {t.rich(item.rolledBackTo === null ? 'published' : 'wentBack', {
          former: item.rolledBackTo ?? 0,
          revision: (
            <Link href={`/configuration/revisions/${item.revision}`} className="underline underline-offset-2">
              {configuration('revisionN', { number: item.revision })}
            </Link>
          ),
        })}
      </Line>
    );
  return (
    <Line
      icon={<Send className="size-3.5" />}
      at={item.at}
      zone={zone}
      under={
        <>
          {before}
          <p className="wrap-anywhere text-ink-2">{t('because', { who: item.by, reason: item.reason })}</p>
          <SeverityLabel severity={JOB_SEVERITY[item.state]}>
            <span className="block">
              {configuration.group('jobStates')[item.state]} · <Moment at={item.since} siteZone={zone} />
            </span>
            {item.stateReason !== null && (
              <span className="block text-sm font-normal text-ink-2">{item.stateReason}</span>
            )}
          </SeverityLabel>
        </>
      }
    >
      {t.rich('deployed', {
        revision: (
          <Link href={`/configuration/deployments/${item.deploymentId}`} className="underline underline-offset-2">
            {configuration('revisionN', { number: item.revision })}
          </Link>
        ),
      })}
    </Line>
  );
}

function Line(props: {
  icon: ReactNode;
  isMark?: boolean;
  at: string;
  zone: string | null;
  children: ReactNode;
  under?: ReactNode;
}) {
  return (
    <>
      <span
        aria-hidden="true"
        className={cx(
          'grid size-7 shrink-0 place-items-center rounded-full border',
          props.isMark === true ? 'border-major-line bg-major-soft text-major' : 'border-line bg-surface text-ink-2',
        )}
      >
        {props.icon}
      </span>
      <div className="min-w-0 flex-1 pt-0.5 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className="min-w-0 text-base">{props.children}</p>
          <p className="text-ink-3">
            <Moment at={props.at} siteZone={props.zone} seconds />
          </p>
        </div>
        {props.under}
      </div>
    </>
  );
}
