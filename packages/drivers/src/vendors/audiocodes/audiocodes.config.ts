import type { Codec, CodecPreference, Endpoint } from '@loopstart/domain';
import { AUDIOCODES_CHARACTERS_MAX, type AudioCodesMap } from '../../digit-maps/audiocodes/map.ts';
import type { DigitMap } from '../../digit-maps/index.ts';
import { entriesFor, type KeyAt, type Spread } from '../../engine/config/entries.ts';
import { oneName, rowKeys, rows, switchedNumber } from '../../engine/config/parts.ts';
import {
  choiceWord,
  endpointWord,
  flagWord,
  isRefused,
  numberWord,
  refuse,
  textWord,
  unverified,
} from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigMapping, ConfigSlice } from '../../engine/slices/config.ts';
import { audiocodesNotVerified } from './audiocodes.not-verified.ts';

const FILES = { source: 'ini file of an MP-114 6.x; MediaPack user manual; names of firmware 6.60A' };

/** Rows count from 0, and rows of ports stand in the order of the channels. */
const row =
  (table: string, column: string): KeyAt =>
  (place) =>
    `${table}/${place.index - 1}/${column}`;
const on = flagWord('1', '0');
/** A comma ends a cell and a semicolon the row. */
const cell = (max: number) =>
  textWord({ max, allowed: /^[^,;"'\\]*$/, expected: 'characters of ASCII without commas, semicolons and quotes' });
const server = endpointWord({ max: 64 });
const ms = (min: number, max: number) => numberWord({ min, max, unit: ' ms' });

/** Names are case-sensitive. Only these three stand in a file of a unit. */
const CODERS: Readonly<Partial<Record<Codec, string>>> = { PCMA: 'g711Alaw64k', PCMU: 'g711Ulaw64k', G729: 'g729' };
const CODER_NAMES = Object.keys(CODERS) as Codec[];

const coders = rows<CodecPreference>(5, 5, {
  write({ codec, ptimeMs }) {
    const name = CODERS[codec];
    return name === undefined
      ? unverified(`how it writes ${codec} is not verified`)
      : [name, String(ptimeMs), '255', '-1', '0'];
  },
  read([name, ptime, rate, payloadType, sce]) {
    const codec = CODER_NAMES.find((known) => CODERS[known] === name);
    if (codec === undefined || rate !== '255' || payloadType !== '-1' || sce !== '0') return undefined;
    return { codec, ptimeMs: Number(ptime) };
  },
});

/** Rows of the table of proxies that belong to the first set, whatever transport the set has. */
const proxies = rows<Endpoint>(4, 3, {
  write(endpoint) {
    const text = server.write(endpoint);
    return isRefused(text) ? text : [text, '-1', '0'];
  },
  read: ([text = '', transport, set]) => (transport === '-1' && set === '0' ? server.read(text) : undefined),
});

const registrar: Spread<readonly Endpoint[]> = {
  write([first, ...more]) {
    if (first === undefined || more.length > 0) return refuse('expected one server');
    if (first.port !== null) return unverified('how it writes the port of a registrar is not verified');
    const text = server.write(first);
    return isRefused(text) ? text : [text, '1'];
  },
  read([text = '', needed]) {
    const found = needed === '1' ? server.read(text) : undefined;
    return found === undefined ? undefined : [found];
  },
};

const gateway = entriesFor('gateway', FILES);
const port = entriesFor('port', FILES);

const mappings: ConfigLayout['mappings'] = {
  'sip.registrars': gateway.keys(['registrarip', 'isregisterneeded'], registrar),
  'sip.proxies': gateway.keys(
    [...rowKeys(4, (at) => `proxyip/${at}`, ['ipaddress', 'transporttype', 'proxysetid'], '/'), 'isproxyused'],
    {
      write(servers, place, others) {
        const texts = proxies.write(servers, place, others);
        return isRefused(texts) ? texts : [...texts, '1'];
      },
      read: (texts, place) => (texts.at(-1) === '1' ? proxies.read(texts.slice(0, -1), place) : undefined),
    },
  ),
  'sip.srtp': gateway.key('enablemediasecurity', choiceWord({ off: '0' }, 'unverified')),
  'sip.registerExpirySeconds': gateway.key('registrationtime', numberWord({ min: 60, max: 86_400 })),
  'sip.optionsIntervalSeconds': gateway.keys(
    ['proxyset/0/enableproxykeepalive', 'proxyset/0/proxykeepalivetime'],
    switchedNumber({ on: '1', off: '0' }, numberWord({ min: 5, max: 3600, unit: ' seconds' })),
  ),
  'media.codecs': gateway.keys(
    rowKeys(5, (at) => `codersgroup0/${at}`, ['name', 'ptime', 'rate', 'payloadtype', 'sce'], '/'),
    coders,
  ),
  'media.dtmfPayloadType': gateway.key('rfc2833txpayloadtype', numberWord({ min: 96, max: 127 })),
  'line.callerId': port.key(row('enablecallerid', 'isenabled'), on),
  'line.callerIdStandard': gateway.key(
    'calleridtype',
    choiceWord({
      'bellcore-fsk': '0',
      'etsi-fsk': '1',
      'ntt-fsk': '2',
      'bt-fsk': '4',
      'etsi-dtmf': '16',
      'dtmf-denmark': '17',
      'dtmf-brazil': '19',
    }),
  ),
  'line.polarityReversal': gateway.key('enablereversalpolarity', choiceWord({ none: '0', 'on-answer': '1' })),
  'line.currentDisconnectMs': gateway.keys(
    ['enablecurrentdisconnect', 'currentdisconnectduration'],
    switchedNumber({ on: '1', off: '0' }, ms(200, 1500)),
  ),
  'line.hookFlashMinMs': gateway.key('minflashhooktime', ms(40, 2000)),
  'line.hookFlashMaxMs': gateway.key('flashhookperiod', ms(60, 2000)),
  'line.callWaiting': port.key(row('callwaitingperport', 'isenabled'), on),
  'line.outOfService': gateway.key(
    'fxsoosbehavior',
    choiceWord({ none: '0', 'reorder-tone': '1', 'polarity-reversal': '2', 'current-disconnect': '4' }),
  ),
  'line.pulseDialling': gateway.key('enablepulsedialdetection', on),
  'port.extension': port.keys(
    ['firstphonenumber', 'firstbchannel', 'lastbchannel'].map((column) => row('trunkgroup', column)),
    {
      write: (user, { index }) => [user, String(index), String(index)],
      read([user, first, last], { index }) {
        return first === String(index) && last === first && user !== '' ? user : undefined;
      },
    },
  ),
  // Names and passwords of ports act only in the mode "per endpoint".
  'port.authName': port.keys([row('authentication', 'userid'), 'authenticationmode'], {
    write: (name) => [name, '0'],
    read: ([name, mode]) => (mode === '0' && name !== '' ? name : undefined),
  }),
  'port.password': {
    ...port.keys([row('authentication', 'userpassword'), 'authenticationmode'], {
      write(password) {
        const text = cell(30).write(password);
        return isRefused(text) ? text : [text, '0'];
      },
      read: ([password, mode]) => (mode === '0' && password !== '' ? password : undefined),
    }),
    isSecret: true,
  },
  'port.displayName': port.key(row('callerdisplayinfo', 'displaystring'), cell(40)),
  'gateway.ntpServers': gateway.key('ntpserverip', oneName(cell(64))),
  'gateway.syslogServers': gateway.keys(['enablesyslog', 'syslogserverip'], {
    write([first, ...more]) {
      if (first === undefined || more.length > 0) return refuse('expected one server');
      if (first.port !== null) return unverified('how it writes the port of a syslog server is not verified');
      const text = server.write(first);
      return isRefused(text) ? text : ['1', text];
    },
    read([enabled, text = '']) {
      const found = enabled === '1' ? server.read(text) : undefined;
      return found === undefined ? undefined : [found];
    },
  }),
  'gateway.provisioningUrl': gateway.key('inifileurl', cell(255), { cost: 'reboot' }),
};

const plan: Spread<AudioCodesMap> = {
  write({ digitMapping, maxDigits, timeBetweenDigitsS, numberMapTel2Ip }) {
    if (numberMapTel2Ip.length > 0) return unverified('the columns of its table of number changes are not verified');
    if (digitMapping.length > AUDIOCODES_CHARACTERS_MAX)
      return refuse(`expected at most ${AUDIOCODES_CHARACTERS_MAX} characters`);
    return [digitMapping, String(maxDigits), String(timeBetweenDigitsS)];
  },
  read([digitMapping, maxDigits, between]) {
    if (digitMapping === undefined || maxDigits === undefined || between === undefined) return undefined;
    return {
      language: 'audiocodes',
      digitMapping,
      maxDigits: Number(maxDigits),
      timeBetweenDigitsS: Number(between),
      numberMapTel2Ip: [],
    };
  },
};

/** MediaPack of firmware 6. Rows of firmware 7 have other columns, so those models are refused. */
export const audiocodesConfig: ConfigSlice = {
  layouts: [
    {
      name: 'MediaPack of firmware 6',
      models: ['MP-112', 'MP-114', 'MP-118', 'MP-124'],
      format: 'audiocodes-ini',
      digitMap: 'audiocodes',
      dialPlan: gateway.keys(['digitmapping', 'maxdigits', 'timebetweendigits'], plan) as ConfigMapping<DigitMap>,
      mappings,
      notVerified: audiocodesNotVerified,
    },
  ],
};
