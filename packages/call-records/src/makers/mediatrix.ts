import { type LineReader, OTHER, refused } from '../read-line.ts';
import { factsOf, known, type Read, textOf, unknown } from '../text/facts.ts';
import { inert } from '../text/inert.ts';

/**
 * What the operator sets as the syslog format of the CDR service (MX-CDR-MIB, syslogFormat): the unit itself has no fixed
 * form. Of its macros only these are documented in public, so times, causes and quality are not in it.
 */
export const MEDIATRIX_FORMAT = 'LSCDR;%id;%sipid;%ocgnum;%cgnum;%ocdnum;%cdnum;%oiname;%diname';
const MARK = 'LSCDR;';

/** An analogue interface of a Mediatrix, such as `fxs-Slot2/FXS1` or `fxs-FXS1`. */
const ANALOGUE = /^(?:fxs|fxo)-(?:slot\d{1,2}\/)?((?:fxs|fxo)\d{1,3})$/i;

/** Reads the records of a Mediatrix with that format; the unit sends one when a call is over. */
export const readMediatrix: LineReader = (text, layout) => {
  const at = text.indexOf(MARK);
  if (at === -1) return { reading: OTHER, layout };
  const row = text
    .slice(at + MARK.length)
    .split(';', 20)
    .map((cell) => cell.trim());
  if (row.length !== 8) return { reading: refused('columns'), layout };
  const id = row[0] ?? '';
  if (!/^\d{1,12}$/.test(id)) return { reading: refused('no-call-id'), layout };
  const cell = (index: number): Read<string> => textOf(inert(row[index]));
  const [origin, destination] = [ANALOGUE.exec(row[6] ?? ''), ANALOGUE.exec(row[7] ?? '')];
  const line = origin ?? destination;
  const facts = factsOf(
    {
      direction: line === null ? unknown('not-on-a-line') : known(origin === null ? 'to-line' : 'from-line'),
      calling: cell(2),
      dialled: cell(4),
      called: cell(5),
      lineNumber: line === null ? unknown('not-on-a-line') : origin === null ? cell(5) : cell(3),
      channel: line?.[1] === undefined ? unknown('not-on-a-line') : known(line[1].toUpperCase()),
      device: cell(origin === null ? 7 : 6),
      trunk: cell(origin === null ? 6 : 7),
    },
    {},
  );
  const call = {
    format: 'mediatrix-macros',
    phase: 'end',
    callKey: id,
    sessionKey: inert(row[1]),
    position: null,
  } as const;
  return { reading: { kind: 'calls', calls: [{ ...call, channelBase: null, ...facts }] }, layout };
};
