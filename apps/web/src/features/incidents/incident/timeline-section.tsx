'use client';

import type { Incident, IncidentEntry } from '@loopstart/contracts';
import {
  AlarmClock,
  BookOpen,
  Check,
  CircleCheck,
  GitMerge,
  type LucideIcon,
  MessageSquare,
  Search,
  Send,
  Siren,
  TrendingUp,
  Undo2,
  UserRound,
  Waves,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { channelKindWord, DELIVERY_STATE_WORDS, ENTRY_WORDS, messageWords } from '../../../lib/words/incident.ts';
import { Moment } from '../../../ui/moment.tsx';
import { Section } from '../../../ui/section.tsx';
import { SeverityLabel } from '../../../ui/severity-label.tsx';
import { CommentForm } from './comment-form.tsx';
import { type TimelineItem, timelineItems } from './timeline-items.ts';
import { t } from '../../../messages/incidents.ts';

type Delivery = Incident['deliveries'][number];

const ICONS: Record<IncidentEntry['kind'], LucideIcon> = {
  announced: Siren,
  'alert-joined': GitMerge,
  'alert-left': GitMerge,
  'handed-over': GitMerge,
  'severity-changed': TrendingUp,
  'evidence-changed': Search,
  'flapping-started': Waves,
  'flapping-ended': Waves,
  acknowledged: Check,
  'acknowledgement-withdrawn': Undo2,
  assigned: UserRound,
  snoozed: AlarmClock,
  'snooze-ended': AlarmClock,
  commented: MessageSquare,
  notified: Send,
  runbook: BookOpen,
  resolved: CircleCheck,
};

const DELIVERY_MARKS = {
  pending: 'unknown',
  sending: 'unknown',
  delivered: 'ok',
  failed: 'major',
  abandoned: 'critical',
} as const;

/** Of these the text says no more than their words. */
const SAYS_ENOUGH: ReadonlySet<IncidentEntry['kind']> = new Set([
  'acknowledged',
  'acknowledgement-withdrawn',
  'flapping-started',
]);

/** What happened, who did it, what was told to whom and whether it arrived; newest first, comments on top. */
export function TimelineSection({ incident }: { incident: Incident }) {
  const zone = incident.place.site?.timeZone ?? null;
  return (
    <Section title={t('timeline')} note={t('newestFirst')}>
      <CommentForm incidentId={incident.id} />
      <ol className="mt-4 flex flex-col">
        {timelineItems(incident).map((item, index, all) => (
          <li key={item.key} className="relative flex gap-3 pb-4 last:pb-0">
            {index < all.length - 1 && (
              <span aria-hidden="true" className="absolute top-7 bottom-0 left-3.5 w-px bg-line" />
            )}
            <Item item={item} zone={zone} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function Item({ item, zone }: { item: TimelineItem; zone: string | null }) {
  if (item.kind === 'told') {
    return (
      <Line icon={Send} at={item.at} zone={zone} what={t('notified', { message: messageWords(item.type) })}>
        <ul className="flex flex-col gap-0.5">
          {item.deliveries.map((delivery) => (
            <li key={delivery.id}>
              <DeliveryLine delivery={delivery} zone={zone} />
            </li>
          ))}
        </ul>
      </Line>
    );
  }
  const { entry } = item;
  return (
    <Line
      icon={ICONS[entry.kind]}
      at={entry.at}
      zone={zone}
      what={
        <>
          <span className="font-medium">{entry.by ?? t('loopstart')}</span> {ENTRY_WORDS[entry.kind]}
        </>
      }
    >
      {entry.text === '' || SAYS_ENOUGH.has(entry.kind) ? null : entry.kind === 'commented' ? (
        <p className="rounded-md bg-sunken px-3 py-2 whitespace-pre-line wrap-anywhere text-ink">{entry.text}</p>
      ) : (
        <p className="wrap-anywhere text-ink-2">{entry.text}</p>
      )}
    </Line>
  );
}

function Line(props: { icon: LucideIcon; at: string; zone: string | null; what: ReactNode; children: ReactNode }) {
  const Icon = props.icon;
  return (
    <>
      <span
        aria-hidden="true"
        className="grid size-7 shrink-0 place-items-center rounded-full border border-line bg-surface text-ink-2"
      >
        <Icon className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className="min-w-0 text-base">{props.what}</p>
          <p className="text-ink-3">
            <Moment at={props.at} siteZone={props.zone} seconds />
          </p>
        </div>
        {props.children}
      </div>
    </>
  );
}

function DeliveryLine({ delivery, zone }: { delivery: Delivery; zone: string | null }) {
  const { channel, recipient, state } = delivery;
  const kind = channelKindWord(channel.kind);
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <span className="wrap-anywhere">
        {channel.name} <span className="text-ink-3">({kind})</span>
        {recipient !== null && <span className="text-ink-2">, {recipient}</span>}
      </span>
      <SeverityLabel severity={DELIVERY_MARKS[state]}>
        {DELIVERY_STATE_WORDS[state]}
        {delivery.deliveredAt !== null && (
          <>
            {' '}
            <Moment at={delivery.deliveredAt} siteZone={zone} seconds />
          </>
        )}
      </SeverityLabel>
      {delivery.error !== null && state !== 'delivered' && (
        <span className="basis-full text-ink-2 wrap-anywhere">{delivery.error}</span>
      )}
    </span>
  );
}
