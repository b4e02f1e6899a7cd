import type { Policy, PolicyInput, PolicyTarget } from '@loopstart/contracts';
import { listed } from '../../lib/words/list.ts';
import { minutesWords } from '../../lib/words/minutes.ts';
import { weekdaysWords } from '../../lib/words/weekday.ts';
import { nameOf, type Names, severityWords } from '../matching/index.ts';

type Step = PolicyInput['steps'][number];

/** Who is told, to stand behind "tell": "whoever is on call in NOC". */
export function targetWords(target: PolicyTarget, names: Names): string {
  switch (target.type) {
    case 'all-channels':
      return 'every channel';
    case 'channel':
      return nameOf(names, target.channelId);
    case 'schedule':
      return `whoever is on call in ${nameOf(names, target.scheduleId)}`;
    case 'person':
      return `${nameOf(names, target.userId)} by e-mail`;
  }
}

export function targetsWords(targets: readonly PolicyTarget[], names: Names): string {
  return targets.length === 0
    ? 'nobody'
    : listed(
        targets.map((target) => targetWords(target, names)),
        'and',
      );
}

/** One step as a sentence: "After 15 more minutes, unless acknowledged, tell …". */
export function stepSentence(step: Step, index: number, names: Names): string {
  const whom = targetsWords(step.targets, names);
  if (index === 0) {
    return step.waitMinutes === 0 ? `At once, tell ${whom}.` : `After ${minutesWords(step.waitMinutes)}, tell ${whom}.`;
  }
  const when = step.waitMinutes === 0 ? 'At the same time' : `After ${minutesWords(step.waitMinutes)} more`;
  return `${when}, unless acknowledged, tell ${whom}.`;
}

/** How it goes on after the last step. */
export function repeatSentence(repeat: PolicyInput['repeat']): string {
  if (repeat === undefined || repeat.times === 0) return 'Then it stops: the steps are not repeated.';
  const often = repeat.times === 1 ? 'once' : `${repeat.times} times`;
  return `Then begin again, ${often}, ${minutesWords(repeat.everyMinutes)} after the last step.`;
}

/** What waits until morning; null without quiet hours. */
export function quietSentence(policy: Pick<Policy, 'quietHours'>): string | null {
  const { quietHours } = policy;
  if (quietHours === null) return null;
  const { from, to, weekdays, timeZone, severities } = quietHours;
  const night = to <= from ? ' of the next day' : '';
  return `Between ${from} and ${to}${night} (${timeZone}), ${beginning(weekdays)}, ${severityWords(severities)} incidents wait until it is over.`;
}

/** What is only told in a digest; null without one. */
export function digestSentence(policy: Pick<Policy, 'digest'>, names: Names): string | null {
  const { digest } = policy;
  if (digest === null) return null;
  const { at, weekdays, timeZone, severities, targets } = digest;
  return `${capital(severityWords(severities))} incidents are told only in a digest at ${at} (${timeZone}), ${weekdaysWords(weekdays)}, to ${targetsWords(targets, names)}.`;
}

function beginning(weekdays: readonly number[]): string {
  return new Set(weekdays).size === 7 ? 'every day' : `beginning on ${weekdaysWords(weekdays)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
