import type { Codec, CodecPreference } from '@loopstart/domain';
import { entriesFor, named, type KeyAt, type Spread } from '../../engine/config/entries.ts';
import { nothingElseVerified } from '../../engine/config/reasons.ts';
import { choiceWord, flagWord, refuse, unverified } from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigSlice } from '../../engine/slices/config.ts';

const FILES = { source: 'SmartWare configurations of SN4114, SN4118 and SN4661' };
const gateway = entriesFor('gateway', FILES);
const port = entriesFor('port', FILES);
/** A command without a value. */
const command = { isCommand: true } as const;

/** Ports count from 0 in the second place. */
const portKey =
  (name: string): KeyAt =>
  ({ index }) =>
    `port fxs 0 ${index - 1} > ${name}`;

const CODECS: Readonly<Partial<Record<Codec, string>>> = { PCMA: 'g711alaw64k', PCMU: 'g711ulaw64k' };
const NAMES = Object.keys(CODECS) as Codec[];
const SLOTS = 4;
const ROW = /^(\S+) rx-length (\d+) tx-length (\d+)$/;

/** Rows in order; rows behind the last are taken out. */
const codecs: Spread<readonly CodecPreference[]> = {
  write(wanted) {
    if (wanted.length === 0) return refuse('expected at least one codec');
    const unknown = wanted.find(({ codec }) => CODECS[codec] === undefined);
    if (unknown !== undefined) return unverified(`how it writes ${unknown.codec} is not verified`);
    return Array.from({ length: SLOTS }, (_, at) => {
      const one = wanted[at];
      return one === undefined ? null : `${CODECS[one.codec]} rx-length ${one.ptimeMs} tx-length ${one.ptimeMs}`;
    });
  },
  read(texts) {
    const given = texts.filter((text) => text !== undefined);
    if (texts.slice(0, given.length).includes(undefined)) return undefined;
    const found = given.map((text): CodecPreference | undefined => {
      const [, name, receive, send] = ROW.exec(text) ?? [];
      const codec = NAMES.find((known) => CODECS[known] === name);
      return codec === undefined || receive !== send ? undefined : { codec, ptimeMs: Number(send) };
    });
    return found.includes(undefined) ? undefined : (found as CodecPreference[]);
  },
};

const mappings: ConfigLayout['mappings'] = {
  'media.codecs': gateway.keys(
    Array.from({ length: SLOTS }, (_, at) => `profile voip default > codec ${at + 1}`),
    codecs,
  ),
  'fax.transport': gateway.key(
    'profile voip default > fax transmission 1',
    choiceWord({ t38: 'relay t38-udp', g711: 'bypass g711alaw64k' }),
  ),
  'line.callerIdMoment': port.key(
    named('context cs switch > interface fxs # > caller-id-presentation'),
    choiceWord({ 'during-ringing': 'mid-ring' }, 'unverified'),
  ),
  'line.callWaiting': port.key(
    named('context cs switch > interface fxs # > call-waiting'),
    flagWord('', 'no'),
    command,
  ),
  'port.enabled': port.key(portKey('shutdown'), flagWord('no', ''), command),
};

const ACCOUNT = 'an identity has to be made in a location service, whose name differs between units';
const SIP_INTERFACE = 'it belongs to a SIP interface or a location service, whose name differs between units';
const PROFILE = 'the commands of its FXS profile are not verified';
const COMMAND = 'the form of its command is not verified';
const notVerified: ConfigLayout['notVerified'] = {
  ...nothingElseVerified(COMMAND, mappings),
  'sip.registrars': SIP_INTERFACE,
  'sip.domain': SIP_INTERFACE,
  'sip.proxies': SIP_INTERFACE,
  'sip.outboundProxy': SIP_INTERFACE,
  'sip.registerExpirySeconds': SIP_INTERFACE,
  'sip.transport': 'it has no TLS, and the form of its command is not verified',
  'line.country': 'its tones are profiles that are written out',
  'line.impedance': PROFILE,
  'line.ringVoltageVrms': PROFILE,
  'line.ringFrequencyHz': PROFILE,
  'line.ringCadence': 'its cadences are profiles that are written out',
  'line.hookFlashMinMs': PROFILE,
  'line.hookFlashMaxMs': PROFILE,
  'line.hotlineNumber': 'it is a route of the call router',
  'line.hotlineDelaySeconds': 'it is a route of the call router',
  'port.extension': ACCOUNT,
  'port.authName': ACCOUNT,
  'port.password': ACCOUNT,
  'port.displayName': 'it is a row of a mapping table',
  'port.dialPlan': 'its routing tables are named after the unit',
};

/** `port fxs 0 3` with `bind interface fxs-03 switch`: the name of the interface of port 4. */
const boundInterfaces: NonNullable<ConfigLayout['portNames']> = (settings) => {
  const names = new Map<number, string>();
  for (const [key, { value }] of settings) {
    const number = /^port fxs 0 (\d+) > bind interface$/.exec(key)?.[1];
    const name = /^(\S+) switch$/.exec(value ?? '')?.[1];
    if (number !== undefined && name !== undefined) names.set(Number(number) + 1, name);
  }
  return names;
};

/** SmartWare alone: no file of Trinity with FXS ports was seen, and its dialect is another. */
export const pattonConfig: ConfigSlice = {
  layouts: [
    {
      name: 'SmartWare',
      models: ['SN4112/JS', 'SN4114/JS', 'SN4116/JS', 'SN4118/JS'],
      firmware: /^R[56]\./,
      format: 'patton-smartware',
      portNames: boundInterfaces,
      digitMap: 'patton',
      mappings,
      notVerified,
    },
  ],
};
