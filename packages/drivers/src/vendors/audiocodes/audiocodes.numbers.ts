import { text, whole } from '../../engine/codecs.ts';
import { column } from '../../engine/source.ts';
import type { InfoResolver } from '../../engine/slices/ports.ts';
import { gaugeValue, isAnswer, textValue } from '../../engine/values.ts';

/**
 * Phone numbers of the channels table (AcGateway, ini table TRUNKGROUP). A row gives a range of channels and the number
 * of the first; the others follow by one. Where the range columns do not answer, a row stands for the channel of its
 * index, if there are as many rows as ports.
 */
export function channelNumbers(entry: string): InfoResolver {
  const first = column(`${entry}.6`, 'channelsStartingCh', whole({ min: 1, max: 2016 }));
  const last = column(`${entry}.7`, 'channelsLastCh', whole({ min: 1, max: 2016 }));
  const start = column(`${entry}.8`, 'channelsStartingPhoneNum', text(64));
  return {
    field: 'number',
    columns: [first, last, start],
    decode(answers, ports) {
      const numbers = answers.columns.get(start.oid) ?? new Map();
      const cell = (source: typeof first, key: string) => {
        const value = answers.columns.get(source.oid)?.get(key);
        return isAnswer(value) ? (source.codec.decode(value) ?? null) : null;
      };
      const found = ports.map((): string | null => null);
      for (const [key, value] of numbers) {
        const number = isAnswer(value) ? start.codec.decode(value) : null;
        if (!number) continue;
        const from = cell(first, key);
        const to = cell(last, key);
        ports.forEach(({ position, key: portKey }, at) => {
          if (from !== null && to !== null) {
            if (position >= from && position <= to) found[at] ??= following(number, position - from);
          } else if (numbers.size === ports.length && portKey === key) found[at] ??= number;
        });
      }
      return found;
    },
    encode: (ports) =>
      ports.flatMap(({ position, key, number }) =>
        number === null
          ? []
          : [
              { oid: `${first.oid}.${key}`, value: gaugeValue(position) },
              { oid: `${last.oid}.${key}`, value: gaugeValue(position) },
              { oid: `${start.oid}.${key}`, value: textValue(number) },
            ],
      ),
  };
}

/** The number `steps` after `number`, with its leading zeros; null where the first is not a plain number. */
function following(number: string, steps: number): string | null {
  if (steps === 0) return number;
  if (!/^\d{1,15}$/.test(number)) return null;
  return String(Number(number) + steps).padStart(number.length, '0');
}
