'use client';

import type { IncidentSummary } from '@loopstart/contracts';
import { AlarmClock, Check, CircleCheck, CircleDot } from 'lucide-react';
import type { ReactNode } from 'react';
import { ATTENTION_WORDS } from '../../lib/words/incident.ts';
import { Hint } from '../../ui/hint.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Tag } from '../../ui/tag.tsx';
import { stateTags } from './state-tags.ts';
import { t } from '../../messages/alerts.ts';

const ICONS = { open: CircleDot, acknowledged: Check, snoozed: AlarmClock, resolved: CircleCheck } as const;

/** Who looks after an incident, until when it is quiet, and what else has to be known about it. `brief`: only what is not usual. */
export function IncidentState({ incident, brief = false }: { incident: IncidentSummary; brief?: boolean }) {
  const Icon = ICONS[incident.attention];
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      {(!brief || incident.attention !== 'open') && (
        <span className="inline-flex items-start gap-1">
          <Icon aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-ink-3" />
          <span className="min-w-0">{attention(incident)}</span>
        </span>
      )}
      {incident.assignedTo !== null && !isOwnAcknowledgement(incident) && (
        <span className="text-ink-2">{t('assignedTo', { name: incident.assignedTo.name })}</span>
      )}
      {stateTags(incident).map((tag) => (
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
