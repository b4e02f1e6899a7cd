'use client';

import { CircleCheck, CircleQuestionMark, Server } from 'lucide-react';
import { watchedWords } from '../../../lib/words/incident.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { Ago } from '../../../ui/moment.tsx';
import { Empty } from '../../../ui/state-panel.tsx';
import { useHeldTotal, useIncidentCounts } from '../../alerts/index.ts';
import { t } from '../../../messages/incidents.ts';

/** An inbox with nothing in it: because nothing is wrong, or because nobody looks. */
export function InboxEmpty() {
  const counts = useIncidentCounts();
  const held = useHeldTotal() ?? 0;
  if (counts === undefined) return <Empty icon={<CircleCheck />} title={t('noOpenIncidents')} />;
  if (counts.monitoring !== 'working') {
    return (
      <Empty icon={<CircleQuestionMark />} title={t('noKnownIncidents')}>
        {t('mayProblemsLoopstartNot')}
      </Empty>
    );
  }
  if (counts.watched.gateways === 0) {
    return (
      <Empty
        icon={<Server />}
        title={t('nothingMonitoredYet')}
        action={
          <ButtonLink href="/agents/add" look="primary">
            {t('addAnAgent')}
          </ButtonLink>
        }
      >
        {t('incidentsAppearHereAgent')}
      </Empty>
    );
  }
  return (
    <Empty
      icon={<CircleCheck className="text-ok" />}
      title={held === 0 ? t('noProblems') : t('noProblemsNeedAttention')}
    >
      {counts.judgedAt === null
        ? t('monitored', { watched: watchedWords(counts.watched) })
        : t.rich('monitoredSince', {
            watched: watchedWords(counts.watched),
            ago: <Ago at={counts.judgedAt} siteZone={null} />,
          })}
      {held > 0 && ` ${t('suppressedAlerts', { held })}`}
    </Empty>
  );
}
