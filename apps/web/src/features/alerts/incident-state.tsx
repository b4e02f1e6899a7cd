'use client';

import type { IncidentSummary } from '@loopstart/contracts';
import { AlarmClock, Check, CircleCheck, CircleDot } from 'lucide-react';
import type { ReactNode } from 'react';
import { ATTENTION_WORDS } from '../../lib/words/incident.ts';
import { cx } from '../../ui/cx.ts';
import { Hint } from '../../ui/hint.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Tag } from '../../ui/tag.tsx';
import { stateTags } from './state-tags.ts';
import { t } from '../../messages/alerts.ts';

const ICONS = { open: CircleDot, acknowledged: Check, snoozed: AlarmClock, resolved: CircleCheck } as const;

/** Who looks after an incident, until when it is quiet, and what else has to be known about it. `brief`: only what is not usual. `oneLine`: in a row of a list. */
export function IncidentState(props: { incident: IncidentSummary; brief?: boolean; oneLine?: boolean }) {
  const { incident, oneLine = false } = props;
  // In a list, that nobody is notified matters while nobody looks after it; elsewhere it is always said.
  const isLookedAfter = oneLine && incident.attention === 'acknowledged';
  const tags = stateTags(incident).filter(({ id }) => !isLookedAfter || id !== 'reaches-nobody');
  // One line has no room for what is usual beside what is not.
  const brief = props.brief === true || (oneLine && tags.length > 0);
  const Icon = ICONS[incident.attention];
  return (
    <span className={cx('flex items-center gap-x-2 gap-y-1 text-sm', !oneLine && 'flex-wrap')}>
      {(!brief || incident.attention !== 'open') && (
        <span className={cx('inline-flex items-start gap-1', oneLine ? 'min-w-20' : 'min-w-0')}>
          <Icon aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
          <span className={cx('min-w-0', oneLine && 'truncate')}>{attention(incident)}</span>
        </span>
      )}
      {incident.assignedTo !== null && !isOwnAcknowledgement(incident) && (
        <span className="text-ink-2">{t('assignedTo', { name: incident.assignedTo.name })}</span>
      )}
      {tags.map((tag) => (
        <Hint key={tag.id} text={tag.meaning}>
          <span>
            <Tag tone={tag.tone}>{tag.word}</Tag>
            <span className="sr-only">: {tag.meaning}</span>
          </span>
        </Hint>
      ))}
    </span>
  );
}

function attention(incident: IncidentSummary): ReactNode {
  const zone = incident.place.site?.timeZone ?? null;
  switch (incident.attention) {
    case 'acknowledged':
      return incident.acknowledgedBy === null
        ? ATTENTION_WORDS.acknowledged
        : t('acknowledgedBy', { acknowledgedBy: incident.acknowledgedBy });
    case 'snoozed':
      return incident.snoozedUntil === null ? (
        ATTENTION_WORDS.snoozed
      ) : (
        <>{t.rich('snoozedUntil', { moment: <Moment at={incident.snoozedUntil} siteZone={zone} /> })}</>
      );
    case 'resolved':
      return incident.resolvedAt === null ? (
        ATTENTION_WORDS.resolved
      ) : (
        <>{t.rich('resolved', { moment: <Moment at={incident.resolvedAt} siteZone={zone} /> })}</>
      );
    case 'open':
      return ATTENTION_WORDS.open;
  }
}

/** Its owner is who acknowledged it, which is said already. */
function isOwnAcknowledgement({ attention, assignedTo, acknowledgedBy }: IncidentSummary): boolean {
  return attention === 'acknowledged' && assignedTo?.name === acknowledgedBy;
}
