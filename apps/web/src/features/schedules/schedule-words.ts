import type { Schedule } from '@loopstart/contracts';
import { dayNumberOf, parseLocalDate, weekdayOf } from '@loopstart/domain';
import { listed } from '../../lib/words/list.ts';
import { weekdaysWords, weekdayWord } from '../../lib/words/weekday.ts';
import { nameOf, type Names } from '../matching/index.ts';

type Layer = Schedule['layers'][number];

const TURNS: Record<Layer['turn'], string> = { day: 'a day each', week: 'a week each', 'two-weeks': 'two weeks each' };

/** Who takes turns, how long, and when they hand over, as a sentence. */
export function layerSentence(layer: Layer, names: Names): string {
  const people = listed(
    layer.userIds.map((id) => nameOf(names, id)),
    'and',
  );
  const alone = layer.userIds.length === 1;
  const turn = alone
    ? `${people} is on call`
    : `${people} take turns, ${TURNS[layer.turn]}, handing over ${handOver(layer)}`;
  return `${turn}${onlyWords(layer.only)}.`;
}

/** "every day at 09:00", "on Mondays at 09:00", "every second Monday at 09:00". */
function handOver({ turn, startsOn, handOverAt }: Layer): string {
  if (turn === 'day') return `every day at ${handOverAt}`;
  const day = weekdayWord(weekdayOf(dayNumberOf(parseLocalDate(startsOn))));
  return turn === 'week' ? `on ${day}s at ${handOverAt}` : `every second ${day} at ${handOverAt}`;
}

function onlyWords(only: Layer['only']): string {
  if (only === null) return '';
  const night = only.to <= only.from ? ' of the next day' : '';
  return `, but only ${weekdaysWords(only.weekdays)}, ${only.from} to ${only.to}${night}`;
}
