import type { Policy } from '@loopstart/contracts';
import { t } from '../../messages/policies.ts';

type Problem = Policy['reach']['problems'][number];

/** How bad it is with whom a policy reaches, as a title; null where all is well. */
export function reachTitle(reach: Policy['reach']): { tone: 'critical' | 'major'; title: string } | null {
  if (reach.problems.some(({ code }) => code === 'nobody')) return { tone: 'critical', title: t('notifiesNobody') };
  if (!reach.ok) return { tone: 'critical', title: t('notifiesNobodyTimes') };
  return reach.problems.length === 0 ? null : { tone: 'major', title: t('notReachAllRecipients') };
}

/** Where a problem is put right. */
export function remedy(code: Problem['code']): { href: string; label: string } {
  switch (code) {
    case 'schedule-empty':
    case 'schedule-gap':
    case 'person-gone':
      return { href: '/alerting/schedules', label: t('checkCallSchedules') };
    case 'nobody':
    case 'channel-disabled':
    case 'no-mail-channel':
      return { href: '/alerting/channels', label: t('checkTheChannels') };
  }
}
