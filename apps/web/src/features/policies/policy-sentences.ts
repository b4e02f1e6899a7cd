import type { Policy, PolicyInput, PolicyTarget } from '@loopstart/contracts';
import { listed } from '../../lib/words/list.ts';
import { minutesWords } from '../../lib/words/minutes.ts';
import { weekdaysWords } from '../../lib/words/weekday.ts';
import { nameOf, type Names, severityWords } from '../matching/index.ts';
import { t as common } from '../../messages/common.ts';
import { t } from '../../messages/policies.ts';

type Step = PolicyInput['steps'][number];

/** Who is told, to stand behind "tell": "whoever is on call in NOC". */
export function targetWords(target: PolicyTarget, names: Names): string {
  switch (target.type) {
    case 'all-channels':
      return t('everyChannel');
    case 'channel':
      return nameOf(names, target.channelId);
    case 'schedule':
      return t('onCallIn', { schedule: nameOf(names, target.scheduleId) });
    case 'person':
      return t('byEmail', { person: nameOf(names, target.userId) });
  }
}

export function targetsWords(targets: readonly PolicyTarget[], names: Names): string {
  return targets.length === 0
    ? common('nobody')
    : listed(
        targets.map((target) => targetWords(target, names)),
        'and',
      );
}

/** One step as a sentence: "After 15 more minutes, unless acknowledged, tell …". */
export function stepSentence(step: Step, index: number, names: Names): string {
  const whom = targetsWords(step.targets, names);
  if (index === 0) {
    return step.waitMinutes === 0
      ? t('atOnceNotify', { whom })
      : t('afterNotify', { wait: minutesWords(step.waitMinutes), whom });
  }
  const when = step.waitMinutes === 0 ? t('atTheSameTime') : t('afterMore', { wait: minutesWords(step.waitMinutes) });
  return t('unlessNotify', { when, whom });
}

/** How it goes on after the last step. */
export function repeatSentence(repeat: PolicyInput['repeat']): string {
  if (repeat === undefined || repeat.times === 0) return t('thenEscalationStopsSteps');
  return t('repeatAfter', { times: repeat.times, wait: minutesWords(repeat.everyMinutes) });
}

/** What waits until morning; null without quiet hours. */
export function quietSentence(policy: Pick<Policy, 'quietHours'>): string | null {
  const { quietHours } = policy;
  if (quietHours === null) return null;
  const { from, to, weekdays, timeZone, severities } = quietHours;
  return t('quietHoursOf', {
    from,
    to,
    night: to <= from ? 'yes' : 'no',
    timeZone,
    days: beginning(weekdays),
    severities: severityWords(severities),
  });
}

/** What is only told in a digest; null without one. */
export function digestSentence(policy: Pick<Policy, 'digest'>, names: Names): string | null {
  const { digest } = policy;
  if (digest === null) return null;
  const { at, weekdays, timeZone, severities, targets } = digest;
  return t('digestOf', {
    severities: capital(severityWords(severities)),
    at,
    timeZone,
    days: weekdaysWords(weekdays),
    recipients: targetsWords(targets, names),
  });
}

function beginning(weekdays: readonly number[]): string {
  return new Set(weekdays).size === 7 ? t('everyDay') : t('beginningOn', { days: weekdaysWords(weekdays) });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
