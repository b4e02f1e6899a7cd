import type { CallLines } from './call-lines.ts';

/** A Mediatrix whose operator has set the format of docs/agent.md: one line a call, when it is over, without times. */
export const mediatrixLines: CallLines = (phase, call, source) => {
  if (phase !== 'end') return [];
  const port = `fxs-FXS${call.position}`;
  const time = new Date(call.releaseAt ?? call.setupAt).toUTCString();
  const stamp = `${time.slice(8, 11)} ${time.slice(5, 7).replace(/^0/, ' ')} ${time.slice(17, 25)}`;
  const [from, to] = call.outgoing ? [call.lineNumber, call.other] : [call.other, call.lineNumber];
  const fields = [
    call.count,
    `${source.seed.toString(16)}${call.count}@${source.address}`,
    from,
    from,
    call.outgoing ? call.dialled : to,
    to,
    call.outgoing ? port : 'sip-default',
    call.outgoing ? 'sip-default' : port,
  ];
  return [`<134>${stamp} ${source.name} CDR: LSCDR;${fields.join(';')}`];
};
