import type { Policy } from '@loopstart/contracts';

type Problem = Policy['reach']['problems'][number];

/** How bad it is with whom a policy reaches, as a title; null where all is well. */
export function reachTitle(reach: Policy['reach']): { tone: 'critical' | 'major'; title: string } | null {
  if (reach.problems.some(({ code }) => code === 'nobody')) return { tone: 'critical', title: 'Reaches nobody' };
  if (!reach.ok) return { tone: 'critical', title: 'At times it reaches nobody' };
  return reach.problems.length === 0 ? null : { tone: 'major', title: 'Does not reach everybody it names' };
}

/** Where a problem is put right. */
export function remedy(code: Problem['code']): { href: string; label: string } {
  switch (code) {
    case 'schedule-empty':
    case 'schedule-gap':
    case 'person-gone':
      return { href: '/alerting/schedules', label: 'Look at the on-call schedules' };
    case 'nobody':
    case 'channel-disabled':
    case 'no-mail-channel':
      return { href: '/alerting/channels', label: 'Look at the channels' };
  }
}
