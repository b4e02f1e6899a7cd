import type { Schedule } from '@loopstart/contracts';
import { dayNumberOf, parseLocalDate, weekdayOf } from '@loopstart/domain';
import { listed } from '../../lib/words/list.ts';
import { weekdaysWords, weekdayWord } from '../../lib/words/weekday.ts';
import { nameOf, type Names } from '../matching/index.ts';
import { t } from '../../messages/schedules.ts';

type Layer = Schedule['layers'][number];

const TURNS: Record<Layer['turn'], string> = t.group('turns');

/** Who takes turns, how long, and when they hand over, as a sentence. */
export function layerSentence(layer: Layer, names: Names): string {
  const people = listed(
    layer.userIds.map((id) => nameOf(names, id)),
    'and',
  );
  const alone = layer.userIds.length === 1;
  const turn = alone
    ? t('isOnCall', { people })
    : t('takeTurnsHandingOver', { people, turn: TURNS[layer.turn], handOver: handOver(layer) });
  return `${turn}${onlyWords(layer.only)}.`;
}

/** "every day at 09:00", "on Mondays at 09:00", "every second Monday at 09:00". */
function handOver({ turn, startsOn, handOverAt }: Layer): string {
  if (turn === 'day') return t('everyDayAt', { handOverAt });
  const day = weekdayWord(weekdayOf(dayNumberOf(parseLocalDate(startsOn))));
  return turn === 'week' ? t('weeklyHandOver', { day, handOverAt }) : t('fortnightlyHandOver', { day, handOverAt });
}

function onlyWords(only: Layer['only']): string {
  if (only === null) return '';
  return t('onlyAt', {
    days: weekdaysWords(only.weekdays),
    from: only.from,
    to: only.to,
    night: only.to <= only.from ? 'yes' : 'no',
  });
}
