import { noise } from '../random.ts';
import type { CallLines, SimCall } from './call-lines.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** `18:57:52.320  UTC Mon Dec 05 2022`. */
function timeText(at: number | null): string {
  if (at === null) return '';
  const time = new Date(at);
  const clock = time.toISOString().slice(11, 23);
  return `${clock}  UTC ${DAYS[time.getUTCDay()]} ${MONTHS[time.getUTCMonth()]} ${two(time.getUTCDate())} ${time.getUTCFullYear()}`;
}

/** Seconds, as the duration column has by default. */
const secondsOf = ({ connectAt, releaseAt }: SimCall): number =>
  connectAt === null || releaseAt === null ? 0 : Math.round((releaseAt - connectAt) / 1000);

function endReason({ connectAt, byFarEnd }: SimCall): [reason: string, category: string, sip: string] {
  if (connectAt !== null) return ['GWAPP_NORMAL_CALL_CLEAR', 'NORMAL_CALL_CLEAR', 'BYE'];
  return byFarEnd
    ? ['GWAPP_NO_USER_RESPONDING', 'NO_ANSWER', '480']
    : ['GWAPP_NORMAL_CALL_CLEAR', 'NO_ANSWER', 'CANCEL'];
}

/**
 * The record of a MediaPack: columns of fixed width from its type on, one line a step. Its numbers are the line's and
 * what was dialled; values without a licence or a measurement have the maker's marks (127, -1).
 */
export const audioCodesLines: CallLines = (phase, call, source, sequence) => {
  const type = { start: 'CALL_START', connect: 'CALL_CONNECT', end: 'CALL_END' }[phase];
  const ended = phase === 'end';
  const [reason, category, sip] = endReason(call);
  const shown = noise(source.seed, call.position, call.count);
  const packets = secondsOf(call) * 50;
  const lost = Math.floor(packets * 0.004 * shown);
  // Every third unit has no licence for scores.
  const scored = ended && call.connectAt !== null && source.seed % 3 !== 0;
  const [from, to] = call.outgoing ? [call.lineNumber, call.other] : [call.other, call.lineNumber];
  const [fromBefore, toBefore] = call.outgoing ? [call.lineNumber, call.dialled] : [call.other, call.lineNumber];
  const session = `${(source.macAddress ?? '00:90:8f:00:00:01').replaceAll(':', '').slice(-6)}:${source.seed % 90}:${call.count}`;
  const cells: readonly (readonly [value: string | number, width: number])[] = [
    [type, 15],
    [call.position, 5],
    [session, 24],
    [1, 5],
    [-1, 5],
    [-1, 5],
    [call.count % 65_536, 5],
    [1, 4],
    ['FXS', 10],
    [call.outgoing ? 'LCL' : 'RMT', 5],
    [call.outgoing ? source.address : '192.0.2.40', 20],
    [call.outgoing ? '192.0.2.40' : source.address, 20],
    [0, 6],
    [0, 6],
    [from, 41],
    [fromBefore, 41],
    [0, 6],
    [0, 6],
    [to, 41],
    [toBefore, 41],
    [ended ? secondsOf(call) : 0, 8],
    [phase === 'start' ? '' : call.fax && ended ? 't38fax' : 'g711Alaw64k', 15],
    [phase === 'start' ? '' : 20, 5],
    [phase === 'start' ? '' : '192.0.2.41', 20],
    [phase === 'start' ? '' : 6000 + call.position * 10, 6],
    [ended ? (call.byFarEnd ? 'RMT' : 'LCL') : 'UNKN', 5],
    [ended ? reason : 'REASON N/A', 40],
    [ended && call.fax && call.connectAt !== null ? 1 : 0, 4],
    [ended ? packets - lost : 0, 10],
    [ended ? packets : 0, 10],
    [ended ? lost : 0, 10],
    [ended ? 0 : 0, 14],
    [`${session.replaceAll(':', '')}@${source.address}`, 64],
    [timeText(call.setupAt), 35],
    [timeText(call.connectAt), 35],
    [ended ? timeText(call.releaseAt) : '', 35],
    [ended && call.connectAt !== null ? 20 + Math.floor(shown * 40) : 0, 9],
    [ended && call.connectAt !== null ? Math.floor(shown * 9) : -1, 9],
    [ended ? Math.floor(shown * 4e9) : -1, 14],
    [ended ? Math.floor((1 - shown) * 4e9) : -1, 14],
    [-1, 14],
    [-1, 4],
    [-1, 4],
    ['', 41],
    [0, 8],
    [source.address, 41],
    [source.address, 41],
    ['192.0.2.40', 41],
    ['192.0.2.40', 41],
    ['', 32],
    [phase === 'start' ? '' : source.address, 20],
    [phase === 'start' ? '' : 6000, 6],
    [0, 6],
    [0, 6],
    [ended ? category : 'UNKNOWN', 17],
    ['', 41],
    ['SRD1', 32],
    ['SIPInterface1', 32],
    ['ProxySet1', 32],
    ['', 32],
    ['', 32],
    ['UDP', 16],
    [46, 15],
    [24, 15],
    [scored ? 93 - Math.floor(shown * 25) : 127, 12],
    [127, 12],
    [scored ? 43 - Math.floor(shown * 12) : 127, 10],
    [127, 10],
    [5060, 13],
    [5060, 11],
    [call.fax && ended ? 'FAX' : 'AUDIO', 9],
    ['', 3],
    ['', 7],
    [ended ? sip : '', 12],
    ['', 26],
  ];
  const row = cells.map(([value, width]) => String(value).padEnd(width)).join('|');
  return [`<142>[S=${sequence}] |${row}|`];
};
