import type { CallLines, SimCall } from './call-lines.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `10:14:59.214 UTC Thu Dec 16 2010`. */
function timeText(at: number): string {
  const time = new Date(at);
  const clock = time.toISOString().slice(11, 23);
  return `${clock} UTC ${DAYS[time.getUTCDay()]} ${MONTHS[time.getUTCMonth()]} ${time.getUTCDate()} ${time.getUTCFullYear()}`;
}

/**
 * Cisco IOS writes a line for each leg of a call when it ends, and none before. A line has no port: the analogue leg has
 * the number of the line, and a call that was not answered the time of its end as that of its connection.
 */
export const ciscoLines: CallLines = (phase, call, source, sequence) => {
  if (phase !== 'end') return [];
  const ended = call.releaseAt ?? call.setupAt;
  const [cause, text] = call.connectAt === null ? ['13', 'no answer (19)'] : ['10', 'normal call clearing (16)'];
  const connection = [source.seed, 0x83_34_00_00, Math.floor(call.setupAt / 1000), call.count]
    .map((word) => (word >>> 0).toString(16).toUpperCase())
    .join(' ');
  const leg = (type: 1 | 2, peer: string, origin: 1 | 2): string =>
    `<189>${sequence}: ${source.name}: ${timeText(ended).slice(0, 12)}: %VOIPAAA-5-VOIP_CALL_HISTORY: CallLegType ${type}, ConnectionId ${connection}, ` +
    `SetupTime ${timeText(call.setupAt)}, PeerAddress ${peer}, PeerSubAddress , DisconnectCause ${cause}  , DisconnectText ${text}, ` +
    `ConnectTime ${timeText(call.connectAt ?? ended)}, DisconnectTime ${timeText(ended)}, CallOrigin ${origin}, ChargedUnits 0, InfoType 2, ` +
    `TransmitPackets ${packets(call)}, TransmitBytes ${packets(call) * 160}, ReceivePackets ${packets(call)}, ReceiveBytes ${packets(call) * 160}`;
  return call.outgoing
    ? [leg(1, call.lineNumber, 2), leg(2, call.dialled, 1)]
    : [leg(2, call.other, 2), leg(1, call.lineNumber, 1)];
};

const packets = ({ connectAt, releaseAt }: SimCall): number =>
  connectAt === null || releaseAt === null ? 0 : Math.round((releaseAt - connectAt) / 20);
