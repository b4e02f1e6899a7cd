import type { Codec, CodecPreference, FieldValue } from '@loopstart/domain';
import type { DigitMap } from '../../digit-maps/index.ts';
import { CISCO_SPA_CHARACTERS_MAX, type CiscoSpaMap } from '../../digit-maps/cisco-spa/map.ts';
import { entriesFor, indexed, LEAVE, type Spread } from '../../engine/config/entries.ts';
import { inEach, oneServer, serversIn } from '../../engine/config/parts.ts';
import {
  choiceWord,
  endpointWord,
  flagWord,
  isRefused,
  list,
  numberWord,
  refuse,
  textWord,
  tosByteWord,
} from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigMapping } from '../../engine/slices/config.ts';

export const PROFILES = { source: 'profiles of SPA122 1.2.1 and ATA192; SPA100 provisioning guide' };

const yes = flagWord('Yes', 'No');
export const server = endpointWord({ max: 128 });
export const secret = textWord({
  max: 63,
  allowed: /^[!#%'-;=?-~]*$/,
  expected: 'characters of ASCII without $, &, < and quotes',
});
const at = (name: string) => indexed(`${name}_#_`);

const CODES: Readonly<Partial<Record<Codec, string>>> = {
  PCMU: 'G711u',
  PCMA: 'G711a',
  G729: 'G729a',
  'G726-32': 'G726-32',
};
const NAMES = Object.keys(CODES) as Codec[];
const packetMs = numberWord({ per: 1000, decimals: 3, min: 10, max: 60, unit: ' ms' });
const UNUSED = 'Unspecified';

/**
 * Three preferred codecs, a switch "only the first of them", and one switch each for G.729 and G.726; G.711 is always
 * there. So a list is one codec, or both kinds of G.711 with others. The packet time is one for both lines.
 */
const codecs: Spread<readonly CodecPreference[]> = {
  write(wanted) {
    const [first] = wanted;
    const names = wanted.map(({ codec }) => codec);
    if (first === undefined || names.length > 4) return refuse('expected one to four codecs');
    const unknown = names.find((name) => CODES[name] === undefined);
    if (unknown !== undefined) return refuse(`this gateway has ${list(NAMES)}, not ${unknown}`);
    if (wanted.some(({ ptimeMs }) => ptimeMs !== first.ptimeMs)) {
      return refuse('expected the same packet time for every codec, since this gateway has one for all');
    }
    const isOnly = names.length === 1;
    if (!isOnly && !(names.includes('PCMU') && names.includes('PCMA'))) {
      return refuse('expected one codec, or both PCMU and PCMA among them, which this gateway cannot switch off');
    }
    const time = packetMs.write(first.ptimeMs);
    if (isRefused(time)) return time;
    const slots = [0, 1, 2].map((slot) => (names[slot] === undefined ? UNUSED : (CODES[names[slot]] ?? UNUSED)));
    const has = (name: Codec) => yes.write(names.includes(name)) as string;
    return [...slots, isOnly ? 'Yes' : 'No', isOnly ? LEAVE : has('G729'), isOnly ? LEAVE : has('G726-32'), time];
  },
  read([first, second, third, only, g729, g726, time = '']) {
    const ptimeMs = packetMs.read(time);
    const named = [first, second, third].filter((text) => text !== undefined && text !== UNUSED);
    const known = named.map((text) => NAMES.find((name) => CODES[name] === text));
    if (ptimeMs === undefined || known.length === 0 || known.includes(undefined)) return undefined;
    const preferred = known as Codec[];
    if (only === 'Yes') return preferred.length === 1 ? preferred.map((codec) => ({ codec, ptimeMs })) : undefined;
    const offered = NAMES.filter((name) => (name === 'G729' ? g729 : name === 'G726-32' ? g726 : 'Yes') === 'Yes');
    const rest = offered.filter((name) => !preferred.includes(name));
    const isWhole =
      only === 'No' &&
      preferred.every((name) => offered.includes(name)) &&
      rest.length <= (preferred.length < 3 ? 0 : 1);
    return isWhole ? [...preferred, ...rest].map((codec) => ({ codec, ptimeMs })) : undefined;
  },
};

/** NAT mapping and keep-alive of the line, and STUN of both. */
const nat: Spread<FieldValue<'sip.nat'>> = {
  write: (way) => (way === 'stun' ? ['Yes', LEAVE, 'Yes'] : ['No', way === 'none' ? 'No' : 'Yes', 'No']),
  read([mapping, keepAlive, stun]) {
    if (stun === 'Yes') return mapping === 'Yes' ? 'stun' : undefined;
    if (mapping !== 'No') return undefined;
    return keepAlive === 'Yes' ? 'keep-alive' : keepAlive === 'No' ? 'none' : undefined;
  },
};

const messageWaiting: Spread<FieldValue<'line.messageWaiting'>> = {
  write(way) {
    if (way === 'lamp') return refuse('this gateway has none, stutter-tone and fsk only');
    return [way === 'stutter-tone' ? 'Yes' : 'No', way === 'fsk' ? 'Yes' : 'No'];
  },
  read([tone, fsk]) {
    if (tone === 'Yes') return fsk === 'No' ? 'stutter-tone' : undefined;
    return tone !== 'No' ? undefined : fsk === 'Yes' ? 'fsk' : fsk === 'No' ? 'none' : undefined;
  },
};

/** Settings with one key for each line, `_1_` and `_2_`. */
export function lineTable(): ConfigLayout['mappings'] {
  const { key, keys, secret: hidden } = entriesFor('port', PROFILES);
  const reverse = choiceWord({ none: 'Forward', 'on-answer': 'Reverse' });
  return {
    'sip.proxies': keys([at('Proxy')], serversIn(1, server)),
    'sip.outboundProxy': keys([at('Outbound_Proxy'), at('Use_Outbound_Proxy')], {
      write(servers) {
        const text = oneServer(server).write(servers);
        return isRefused(text) ? text : [text, text === '' ? 'No' : 'Yes'];
      },
      read: ([text = '', used]) => (used === 'Yes' ? oneServer(server).read(text) : text === '' ? [] : undefined),
    }),
    'sip.transport': key(at('SIP_Transport'), choiceWord({ udp: 'UDP', tcp: 'TCP', tls: 'TLS' })),
    'sip.registerExpirySeconds': key(at('Register_Expires'), numberWord({ min: 60, max: 86_400 })),
    'sip.nat': keys([at('NAT_Mapping_Enable'), at('NAT_Keep_Alive_Enable'), 'STUN_Enable'], nat),
    'media.codecs': keys(
      [
        ...['Preferred_Codec', 'Second_Preferred_Codec', 'Third_Preferred_Codec', 'Use_Pref_Codec_Only'].map(at),
        ...['G729a_Enable', 'G726-32_Enable'].map(at),
        'RTP_Packet_Size',
      ],
      codecs,
    ),
    'media.dtmf': key(at('DTMF_Tx_Method'), choiceWord({ rfc4733: 'AVT', 'sip-info': 'INFO', 'in-band': 'InBand' })),
    'fax.transport': key(at('FAX_Enable_T38'), choiceWord({ t38: 'Yes', g711: 'No' })),
    'fax.fallback': key(at('FAX_Passthru_Method'), choiceWord({ 'reinvite-g711': 'ReINVITE', none: 'None' })),
    'fax.errorCorrection': key(at('FAX_T38_ECM_Enable'), yes),
    'qos.sipDscp': key(at('SIP_ToS_DiffServ_Value'), tosByteWord(16)),
    'qos.rtpDscp': key(at('RTP_ToS_DiffServ_Value'), tosByteWord(16)),
    'network.vlanPriority': keys([at('SIP_CoS_Value'), at('RTP_CoS_Value')], inEach(2, numberWord({ min: 0, max: 7 }))),
    'line.callerId': keys([at('CID_Serv'), at('CID_Setting')], inEach(2, yes)),
    'line.polarityReversal': keys([at('Idle_Polarity'), at('Caller_Conn_Polarity'), at('Callee_Conn_Polarity')], {
      write: (way) => ['Forward', ...[0, 1].map(() => reverse.write(way) as string)],
      read([idle, caller = '', callee]) {
        return idle === 'Forward' && caller === callee ? reverse.read(caller) : undefined;
      },
    }),
    'line.callWaiting': keys([at('Call_Waiting_Serv'), at('CW_Setting')], inEach(2, yes)),
    'line.faxDetection': keys([at('FAX_V21_Detect_Enable'), at('FAX_CNG_Detect_Enable')], inEach(2, yes)),
    'line.messageWaiting': keys([at('MWI_Serv'), at('VMWI_Serv')], messageWaiting),
    'port.extension': key(at('User_ID'), textWord({ max: 63 })),
    'port.authName': keys([at('Auth_ID'), at('Use_Auth_ID')], {
      write: (name) => [name, 'Yes'],
      read: ([name = '', used]) => (used === 'Yes' && name !== '' ? name : undefined),
    }),
    'port.password': hidden(at('Password'), secret),
    'port.displayName': key(at('Display_Name'), textWord({ max: 40 })),
    'port.enabled': key(at('Line_Enable'), yes),
  };
}

const plan: Spread<CiscoSpaMap> = {
  write: ({ dialPlan }) =>
    dialPlan.length <= CISCO_SPA_CHARACTERS_MAX
      ? [dialPlan]
      : refuse(`expected at most ${CISCO_SPA_CHARACTERS_MAX} characters`),
  read: ([dialPlan]) => (dialPlan === undefined ? undefined : { language: 'cisco-spa', dialPlan }),
};
export const spaDialPlan = entriesFor('port', PROFILES).keys([at('Dial_Plan')], plan) as ConfigMapping<DigitMap>;
