import type { CallDraft } from '../read-line.ts';
import { type LineReader, type LineReading, OTHER, refused } from '../read-line.ts';
import { factsOf, known, numberOf, type Read, textOf, unknown } from '../text/facts.ts';
import { inert } from '../text/inert.ts';
import { clockFirst, clockGapMs, type Instant } from '../text/instant.ts';

const HISTORY = '%VOIPAAA-5-VOIP_CALL_HISTORY: ';
const FEATURE = '%VOIPAAA-5-VOIP_FEAT_HISTORY: ';

/**
 * Reads call history of Cisco IOS gateways (`gw-accounting syslog`): a line for each leg of a call, when it ends. Leg
 * type 1 is the analogue side, 2 the IP side; the legs of one call have one ConnectionId, and a leg may come twice.
 */
export const readCisco: LineReader = (text, layout) => {
  const history = text.indexOf(HISTORY);
  if (history !== -1) return { reading: leg(text.slice(history + HISTORY.length)), layout };
  const feature = text.indexOf(FEATURE);
  return { reading: feature === -1 ? OTHER : forwarding(text.slice(feature + FEATURE.length)), layout };
};

/** `Name value, Name value`: no value has a comma in it but the text of the disconnect, which is last of its kind. */
function fieldsOf(record: string): Map<string, string> {
  return new Map(
    record.split(', ', 40).map((field) => {
      const trimmed = field.trim();
      const at = trimmed.indexOf(' ');
      return at === -1 ? [trimmed, ''] : [trimmed.slice(0, at), trimmed.slice(at + 1).trim()];
    }),
  );
}

/** A ConnectionId in one piece, or in four words whose leading zeros are left out. */
function connectionOf(text: string | undefined): string | null {
  const words = (text ?? '').split(' ').filter((word) => word !== '');
  if (words.length === 4 && words.every((word) => /^[\dA-F]{1,8}$/i.test(word)))
    return words
      .map((word) => word.padStart(8, '0'))
      .join('')
      .toUpperCase();
  return words.length === 1 && /^[\dA-F]{8,32}$/i.test(words[0] ?? '') ? (words[0] as string).toUpperCase() : null;
}

function leg(record: string): LineReading {
  const fields = fieldsOf(record);
  const type = fields.get('CallLegType');
  if (type !== '1' && type !== '2') return refused('damaged');
  const connection = connectionOf(fields.get('ConnectionId'));
  if (connection === null) return refused('no-call-id');
  const setup = clockFirst(fields.get('SetupTime'));
  const connect = clockFirst(fields.get('ConnectTime'));
  const release = clockFirst(fields.get('DisconnectTime'));
  const peer = textOf(inert(fields.get('PeerAddress')));
  // Origin 1: the gateway called this side; 2: this side called the gateway.
  const origin = fields.get('CallOrigin');
  const calledSide = origin === '1';
  if (!calledSide && origin !== '2') return refused('damaged');
  const fromLine = (type === '1') !== calledSide;
  return one('end', connection, {
    direction: known(fromLine ? 'from-line' : 'to-line'),
    dialled: calledSide ? peer : unknown('not-sent'),
    called: calledSide ? peer : unknown('not-sent'),
    calling: calledSide ? unknown('not-sent') : peer,
    lineNumber: type === '1' ? peer : unknown('not-sent'),
    gatewaySetupAt: instant(setup),
    gatewayConnectAt: instant(connect),
    gatewayReleaseAt: instant(release),
    talkMs: talk(fields.get('ConnectTime'), fields.get('DisconnectTime')),
    cause: textOf(inert(fields.get('DisconnectText')?.replace(/ ?\(\d+\)$|\.$/g, ''))),
    causeCode: hexCause(fields.get('DisconnectCause')),
  });
}

/** `fn:CFA,…,fwder:…,fwdee:…,fwdto:…,bguid:…`: a call was forwarded. The new number is that of another leg. */
function forwarding(record: string): LineReading {
  const fields = new Map(
    record
      .replace(/^FEAT_VSA=/, '')
      .split(',', 40)
      .map((field) => {
        const at = field.indexOf(':');
        return at === -1 ? [field.trim(), ''] : [field.slice(0, at).trim(), field.slice(at + 1).trim()];
      }),
  );
  if (fields.get('fn')?.startsWith('CF') !== true) return OTHER;
  const connection = connectionOf(fields.get('fcid'));
  if (connection === null) return refused('no-call-id');
  return one('detail', connection, { forwardedTo: textOf(inert(fields.get('fwdto'))) });
}

function one(phase: CallDraft['phase'], connection: string, facts: Parameters<typeof factsOf>[0]): LineReading {
  const draft: CallDraft = {
    format: 'cisco-voipaaa',
    phase,
    callKey: connection,
    sessionKey: connection,
    position: null,
    channelBase: null,
    ...factsOf(facts, {}),
  };
  return { kind: 'calls', calls: [draft] };
}

const instant = ({ ms, reason }: Instant): Read<number> => (ms === null ? unknown(reason) : known(ms));

/** A call that was not answered has the time of its end as that of its connection, or none. */
function talk(connect: string | undefined, release: string | undefined): Read<number> {
  if ((release ?? '') === '') return unknown('not-sent');
  if ((connect ?? '') === '') return known(0);
  const gap = clockGapMs(connect, release);
  return gap === null ? unknown('invalid-value') : known(gap);
}

/** The cause of Q.850 in hexadecimal: 10 is 16, normal clearing. */
function hexCause(text: string | undefined): Read<number> {
  const digits = (text ?? '').trim();
  if (digits === '') return unknown('not-sent');
  if (!/^[\dA-F]{1,2}$/i.test(digits)) return unknown('invalid-value');
  return numberOf(String(Number.parseInt(digits, 16)), { min: 0, max: 127 });
}
