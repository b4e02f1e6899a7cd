import type { CallDirection, CallFormat, CallPhase, CallSide } from '@loopstart/domain';
import { type CallDraft, type Layout, type LineReader, type LineReading, OTHER, refused } from '../read-line.ts';
import { factsOf, known, numberOf, type Read, textOf, unknown } from '../text/facts.ts';
import { inert } from '../text/inert.ts';
import { clockFirst, clockGapMs, type Instant } from '../text/instant.ts';
import { GATEWAY_COLUMNS, MEDIA_COLUMNS, SBC_COLUMNS, SBC_COLUMNS_SHORT } from './audiocodes-columns.ts';

const TYPES = ['CALL_START', 'CALL_CONNECT', 'CALL_END', 'MEDIA_START', 'MEDIA_UPDATE', 'MEDIA_END'] as const;
const PHASE: Readonly<Partial<Record<string, CallPhase>>> = {
  CALL_START: 'start',
  CALL_CONNECT: 'connect',
  CALL_END: 'end',
  MEDIA_END: 'detail',
};
const TITLES = ['GWReportType', 'SBCReportType', 'MediaReportType'] as const;
/** Ends of both 16- and 32-bit counters say "not measured", as 127 does of scores. */
const ABSENT = [-1, 4_294_967_295, 65_535];
const COLUMNS_MAX = 120;
const TITLE_MAX = 40;

type Cells = ReadonlyMap<string, string>;

/**
 * Reads call records of AudioCodes gateways and of their session border controllers: `|CALL_END |…|`, columns of fixed
 * width with titles sent as lines of their own. Source: CDR chapter of the Mediant 1000B and 4000 manuals (see
 * docs/drivers.md).
 */
export const readAudioCodes: LineReader = (text, layout) => {
  const row = rowOf(text);
  if (row === null) return { reading: OTHER, layout };
  const type = row[0] as string;
  if ((TITLES as readonly string[]).includes(type)) return announced(type, row, layout);
  if (type === 'MEDIA_START' || type === 'MEDIA_UPDATE') return { reading: OTHER, layout };
  return { reading: readRow(type, row, layout), layout };
};

/** The cells of a record, from its type on; null where the line has none. */
function rowOf(text: string): string[] | null {
  for (let at = text.indexOf('|'); at !== -1; at = text.indexOf('|', at + 1)) {
    const end = text.indexOf('|', at + 1);
    const type = text.slice(at + 1, end === -1 ? undefined : end).trim();
    if ((TYPES as readonly string[]).includes(type) || (TITLES as readonly string[]).includes(type))
      return cellsOf(text.slice(at + 1));
    // The type is the first cell: a line with another one before it is no record.
    if (type !== '') return null;
  }
  return null;
}

function cellsOf(record: string): string[] {
  const cells = record.split('|', COLUMNS_MAX + 1).map((cell) => cell.trim());
  // Every cell is closed by a bar, so that the last one is empty.
  if (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells;
}

function announced(type: string, row: readonly string[], layout: Layout): ReturnType<LineReader> {
  const titles = row.map((title) => title.replace(/ ?\(name\)$/, '').slice(0, TITLE_MAX));
  const usable = titles.length <= COLUMNS_MAX && new Set(titles).size === titles.length;
  return { reading: OTHER, layout: usable ? { ...layout, [type]: titles } : layout };
}

function readRow(type: string, row: readonly string[], layout: Layout): LineReading {
  const phase = PHASE[type];
  if (phase === undefined) return refused('unknown-type');
  if (type === 'MEDIA_END') {
    const cells = named(row, [layout['MediaReportType'] ?? MEDIA_COLUMNS]);
    return cells === null ? refused('columns') : mediaCall(cells);
  }
  // Only records of the controller say so in their second column.
  const sbc = row[1] === 'SBC';
  const cells = sbc
    ? named(row, [
        ...(layout['SBCReportType'] ? [layout['SBCReportType']] : []),
        SBC_COLUMNS,
        SBC_COLUMNS.slice(0, 38),
        SBC_COLUMNS_SHORT,
      ])
    : named(row, [...(layout['GWReportType'] ? [layout['GWReportType']] : []), GATEWAY_COLUMNS]);
  if (cells === null) return refused('columns');
  return sbc ? sbcCall(phase, cells) : gatewayCall(phase, cells);
}

/** The cells by their titles, where one of the layouts has as many. */
function named(row: readonly string[], layouts: readonly (readonly string[])[]): Cells | null {
  const titles = layouts.find(({ length }) => length === row.length);
  return titles === undefined ? null : new Map(titles.map((title, at) => [title, row[at] as string]));
}

function gatewayCall(phase: CallPhase, cells: Cells): LineReading {
  const session = inert(cells.get('SessionId'));
  const leg = inert(cells.get('LegId')) ?? '1';
  if (session === null || !/^[\w:.-]+$/.test(session)) return refused('no-call-id');
  // LCL: the call comes from the line, RMT: from the network.
  const direction = directionOf(cells.get('Orig'));
  const fromLine = direction.value === 'from-line';
  const analogue = /^(?:FXS|FXO)/.test(cells.get('EPTyp') ?? '');
  const source = textOf(inert(cells.get('SrcPhoneNum')));
  const called = textOf(inert(cells.get('DstPhoneNum')));
  const channel = textOf(inert(cells.get('Cid')));
  const isFax = cells.get('Fax') ?? '';
  return one(
    'audiocodes-gateway',
    phase,
    `${session}/${leg}`,
    session,
    analogue && channel.value !== null ? 'unknown' : null,
    {
      direction: analogue ? direction : unknown('not-on-a-line'),
      dialled: textOf(inert(cells.get('DstNumBeforeMap')) ?? called.value),
      called,
      calling: textOf(inert(cells.get('SrcNumBeforeMap')) ?? source.value),
      lineNumber: direction.value === null ? unknown('not-sent') : fromLine ? source : called,
      channel: analogue ? channel : unknown('not-on-a-line'),
      trunk: numberText(cells.get('Trunk')),
      device: textOf(inert(cells.get('EPTyp'))),
      forwardedTo: phase === 'end' ? textOf(inert(cells.get('RedirectPhonNum'))) : unknown('not-sent'),
      ...ending(phase, cells, fromLine),
      codec: coderOf(cells.get('Coder')),
      fax: isFax === '' || phase !== 'end' ? unknown('not-sent') : known(!/^(?:0|no|N\/A|-1)$/i.test(isFax)),
    },
    phase === 'end' ? qualityOf(cells, 'PackLoss') : {},
  );
}

function sbcCall(phase: CallPhase, cells: Cells): LineReading {
  const session = inert(cells.get('SessionId'));
  if (session === null || !/^[\w:.-]+$/.test(session)) return refused('no-call-id');
  const leg = Number(cells.get('LegId') ?? '1');
  // Legs 1 and 2 are the two sides of one call; further ones are of forwarded and transferred calls.
  const key = Number.isInteger(leg) && leg > 2 ? `${session}/${leg}` : session;
  return one(
    'audiocodes-sbc',
    phase,
    key,
    session,
    null,
    {
      direction: unknown('not-on-a-line'),
      channel: unknown('not-on-a-line'),
      dialled: textOf(userOf(cells.get('DstURIBeforeMap')) ?? userOf(cells.get('DstURI'))),
      called: textOf(userOf(cells.get('DstURI'))),
      calling: textOf(userOf(cells.get('SrcURIBeforeMap')) ?? userOf(cells.get('SrcURI'))),
      trunk: textOf(inert(cells.get('IPGroup'))),
      device: textOf(inert(cells.get('EPTyp'))),
      forwardedTo: textOf(userOf(cells.get('RedirectURINum'))),
      ...ending(phase, cells, null),
    },
    {},
  );
}

function mediaCall(cells: Cells): LineReading {
  const session = inert(cells.get('SessionId'));
  if (session === null || !/^[\w:.-]+$/.test(session)) return refused('no-call-id');
  const leg = Number(cells.get('LegId') ?? '1');
  const key = Number.isInteger(leg) && leg > 2 ? `${session}/${leg}` : session;
  const codec = coderOf(cells.get('Coder'));
  return one('audiocodes-sbc', 'detail', key, session, null, { codec }, qualityOf(cells, 'LocalPackLoss'));
}

function one(
  format: CallFormat,
  phase: CallPhase,
  callKey: string,
  sessionKey: string,
  channelBase: CallDraft['channelBase'],
  ...[facts, measured]: Parameters<typeof factsOf>
): LineReading {
  return {
    kind: 'calls',
    calls: [{ format, phase, callKey, sessionKey, position: null, channelBase, ...factsOf(facts, measured) }],
  };
}

const directionOf = (orig: string | undefined): Read<CallDirection> =>
  orig === 'LCL' ? known('from-line') : orig === 'RMT' ? known('to-line') : unknown('not-sent');

function ending(phase: CallPhase, cells: Cells, fromLine: boolean | null) {
  const setup = clockFirst(cells.get('SetupTime'));
  const connect = clockFirst(cells.get('ConnectTime'));
  const release = clockFirst(cells.get('ReleaseTime'));
  const times = {
    gatewaySetupAt: instant(setup),
    gatewayConnectAt: instant(connect),
    gatewayReleaseAt: instant(release),
  };
  if (phase !== 'end') return times;
  return {
    ...times,
    talkMs: talkOf(cells),
    cause: causeOf(cells),
    sipCode: numberOf(/^\d{3}$/.test(cells.get('SIPTrmReason') ?? '') ? cells.get('SIPTrmReason') : '', {
      min: 100,
      max: 699,
    }),
    endedBy: sideOf(cells.get('TrmSd'), fromLine),
  };
}

const instant = ({ ms, reason }: Instant): Read<number> => (ms === null ? unknown(reason) : known(ms));

/**
 * The time in conversation. The unit of the column is a setting of the unit (seconds, or parts of them), so the two
 * times decide; without them only "never answered" is certain.
 */
function talkOf(cells: Cells): Read<number> {
  const [connect, release] = [cells.get('ConnectTime') ?? '', cells.get('ReleaseTime') ?? ''];
  if (connect !== '' && release !== '') {
    const gap = clockGapMs(connect, release);
    return gap === null ? unknown('invalid-value') : known(gap);
  }
  const stated = numberOf(cells.get('Duration'), { min: 0, max: 31_536_000 });
  if (stated.value === null) return unknown(stated.reason);
  return stated.value === 0 && connect === '' ? known(0) : unknown('unit-not-known');
}

function causeOf(cells: Cells): Read<string> {
  const cause = inert(cells.get('TrmReason'));
  return cause === null || cause === 'REASON N/A' ? unknown('not-sent') : known(cause);
}

/** LCL is the gateway's own side: the line of an analogue call. Of a call without a line no side is the line's. */
function sideOf(side: string | undefined, fromLine: boolean | null): Read<CallSide> {
  if (fromLine === null) return unknown('not-on-a-line');
  return side === 'LCL' ? known('line') : side === 'RMT' ? known('network') : unknown('not-sent');
}

const coderOf = (coder: string | undefined): Read<string> => {
  const name = inert(coder, 40);
  return name === null || name === 'N/A' ? unknown('not-sent') : known(name);
};

/** A trunk or channel of -1 is none. */
const numberText = (text: string | undefined): Read<string> =>
  text === '-1' ? unknown('not-on-a-line') : textOf(inert(text));

/** The user of `user@host`. */
function userOf(uri: string | undefined): string | null {
  const at = uri?.indexOf('@') ?? -1;
  return inert(at === -1 ? uri : uri?.slice(0, at));
}

function qualityOf(cells: Cells, lossColumn: string) {
  const score = { absent: [...ABSENT, 127] };
  const mos = (name: string) => numberOf(cells.get(name), { min: 1, max: 5, divide: 10, ...score });
  const rFactor = (name: string) => numberOf(cells.get(name), { min: 0, max: 120, ...score });
  const time = (name: string) => numberOf(cells.get(name), { min: 0, max: 60_000, absent: ABSENT });
  return {
    mos: mos('LocalMosCQ'),
    remoteMos: mos('RemoteMosCQ'),
    rFactor: rFactor('LocalRFactor'),
    remoteRFactor: rFactor('RemoteRFactor'),
    jitterMs: time('RTPjitter'),
    delayMs: time('RTPdelay'),
    lossPercent: lossOf(cells.get('InPackets'), cells.get(lossColumn)),
  };
}

/** Lost packets of all that were sent to the gateway; of a call in which none arrived nothing is known. */
function lossOf(received: string | undefined, lost: string | undefined): Read<number> {
  const counter = { min: 0, max: 4_294_967_294, absent: ABSENT };
  const [got, missed] = [numberOf(received, counter), numberOf(lost, counter)];
  if (got.value === null) return unknown(got.reason);
  if (missed.value === null) return unknown(missed.reason);
  const all = got.value + missed.value;
  return got.value === 0 ? unknown('unavailable') : known(Math.round((missed.value / all) * 10_000) / 100);
}
