import { valueOf } from '../thresholds.ts';
import type { AlertRecord, Observation } from '../types.ts';
import { beginnings, densest, verdictOf } from './members.ts';
import { type About, observation, standing, type View } from './view.ts';

/** Members out of `of`, how many of them must have begun within the window, and how that is said. */
export interface Together {
  members: readonly AlertRecord[];
  of: number;
  least: number;
  words: (count: number) => string;
}

/** Bad when `least` members began within the window; once bad, until fewer than half of that remain. Null: not bad. */
export function judgeTogether(view: View, about: About, { members, of, least, words }: Together): Observation | null {
  const setting = view.thresholds.at(about.kind, about.where);
  if (setting.off) return null;
  const times = beginnings(members, view.now);
  const before = standing(view, about);
  const holds =
    before === null
      ? densest(times, valueOf(setting, 'withinS') * 1000).count >= least
      : times.length >= Math.max(2, Math.ceil(least / 2));
  if (!holds) return null;
  return observation(view, about, {
    verdict: verdictOf(members),
    since: before === null ? view.now : (before.badSince ?? view.now),
    text: words(times.length),
    seen: { members: times.length, of },
    members,
  });
}
