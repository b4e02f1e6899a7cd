import { type LineReading, OTHER, refused } from '../read-line.ts';
import { csvRow } from '../text/csv-row.ts';
import { factsOf, known, numberOf, type Read, textOf, unknown } from '../text/facts.ts';
import { inert } from '../text/inert.ts';
import { localMs } from '../text/instant.ts';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Reads one line of FreeSWITCH's Master.csv (mod_cdr_csv, template "example"): caller name and number, destination,
 * context, three local times, duration, billed seconds, cause, unique id, that of the other leg, account, codecs. A
 * spreadsheet may have cut the times to minutes: the billed seconds count.
 */
export function readFreeSwitchCsv(line: string): LineReading {
  if (line.trim() === '') return OTHER;
  const cells = csvRow(line.trim());
  if (cells === null) return refused('damaged');
  if (cells.length < 13 || cells.length > 17) return refused('columns');
  const id = cells[10]?.trim() ?? '';
  if (!UUID.test(id)) return refused('no-call-id');
  const other = cells[11]?.trim() ?? '';
  const seconds = numberOf(cells[8], { min: 0, max: 31_536_000 });
  // "&" is an application of the dial plan, not a number.
  const destination = cells[2]?.trim() === '&' ? unknown<string>('not-sent') : textOf(inert(cells[2]));
  return {
    kind: 'calls',
    calls: [
      {
        format: 'freeswitch-csv',
        phase: 'end',
        callKey: id.toLowerCase(),
        // The leg that was called names the one that called it: both have the key of the first.
        sessionKey: UUID.test(other) ? other.toLowerCase() : id.toLowerCase(),
        position: null,
        channelBase: null,
        ...factsOf(
          {
            direction: unknown('not-on-a-line'),
            calling: textOf(inert(cells[1])),
            dialled: destination,
            called: destination,
            gatewaySetupAt: zoneless(cells[4]),
            gatewayConnectAt: zoneless(cells[5]),
            gatewayReleaseAt: zoneless(cells[6]),
            talkMs: seconds.value === null ? unknown(seconds.reason) : known(seconds.value * 1000),
            cause: textOf(inert(cells[9])),
            codec: textOf(inert(cells[13], 40)),
          },
          {},
        ),
      },
    ],
  };
}

const zoneless = (text: string | undefined): Read<number> =>
  localMs(text) === null
    ? unknown((text ?? '').trim() === '' ? 'not-sent' : 'invalid-value')
    : unknown('zone-not-known');
