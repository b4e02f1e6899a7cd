import { type LineReading, OTHER, refused } from '../read-line.ts';
import { csvRow } from '../text/csv-row.ts';
import { factsOf, known, numberOf, type Read, textOf, unknown } from '../text/facts.ts';
import { inert } from '../text/inert.ts';
import { localMs } from '../text/instant.ts';

const UNIQUE_ID = /^[\w.-]*\d{9,10}\.\d{1,9}$/;

/**
 * Reads one line of Asterisk's Master.csv: of cdr_csv (account, caller, destination, …) or cdr_custom (caller's name,
 * caller, destination, …), by version with 16 to 21 columns. They are found from the disposition, because an editor may
 * have damaged those before it. A call may have several lines: one for each leg, joined by the linked id.
 */
export function readAsteriskCsv(line: string): LineReading {
  if (line.trim() === '') return OTHER;
  const cells = csvRow(line.trim());
  if (cells === null) return refused('damaged');
  const verdict = cells.findIndex((cell, at) => at >= 12 && VERDICTS.has(cell.toUpperCase()));
  if (verdict === -1 || cells.length > 24) return refused('columns');
  const [uniqueId, linkedId] = cells.slice(verdict + 1).filter((cell) => UNIQUE_ID.test(cell) && cell.length <= 100);
  if (uniqueId === undefined) return refused('no-call-id');
  const answered = cells[verdict]?.toUpperCase() === 'ANSWERED';
  const cell = (at: number): Read<string> => textOf(inert(cells[at]));
  const [start, answer, end] = [cells[verdict - 5], cells[verdict - 4], cells[verdict - 3]];
  return {
    kind: 'calls',
    calls: [
      {
        format: 'asterisk-csv',
        phase: 'end',
        callKey: uniqueId,
        sessionKey: linkedId ?? uniqueId,
        position: null,
        channelBase: null,
        ...factsOf(
          {
            direction: unknown('not-on-a-line'),
            calling: cell(1),
            dialled: cell(2),
            called: cell(2),
            device: cell(verdict - 9),
            trunk: cell(verdict - 8),
            // cdr_csv writes local times, or those of UTC, by a setting that the line does not show.
            gatewaySetupAt: zoneless(start),
            gatewayConnectAt: zoneless(answer),
            gatewayReleaseAt: zoneless(end),
            talkMs: talkOf(answered, answer, end, cells[verdict - 1]),
            cause: known(inert(cells[verdict]) as string),
          },
          {},
        ),
      },
    ],
  };
}

const VERDICTS: ReadonlySet<string> = new Set(['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION']);

const zoneless = (text: string | undefined): Read<number> =>
  localMs(text) === null
    ? unknown((text ?? '').trim() === '' ? 'not-sent' : 'invalid-value')
    : unknown('zone-not-known');

/** A leg that was not answered may have billed seconds: they are no conversation. */
function talkOf(answered: boolean, answer: string | undefined, end: string | undefined, billed: string | undefined) {
  if (!answered) return known(0);
  const [from, to] = [localMs(answer), localMs(end)];
  if (from !== null && to !== null && to >= from) return known(to - from);
  const seconds = numberOf(billed, { min: 0, max: 31_536_000 });
  return seconds.value === null ? unknown<number>(seconds.reason) : known(seconds.value * 1000);
}
