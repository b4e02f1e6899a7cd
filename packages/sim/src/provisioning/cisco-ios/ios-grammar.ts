import type { Grammar, ParsedLine } from '../text-config.ts';
import { encoded7, decoded7 } from './password7.ts';

/** Plain lines of a mode: what identifies them, and what may follow. */
type Lines = readonly (readonly [key: string, rest: RegExp])[];

const NONE = /^$/;
const WORD = /^\S+$/;
const TEXT = /^\S.*$/;
const NUMBER = /^\d{1,9}$/;
const LOGIN = /^(\S+) password (?:([07]) )?(\S+)$/;

const VOICE_PORT: Lines = [
  ['cptone', /^[A-Z]{2}$/],
  ['impedance', /^(600c|600r|900c|900r|complex[1-6])$/],
  ['compand-type', /^[au]-law$/],
  ['station-id name', /^\S.{0,30}$/],
  ['station-id number', /^[\d*#+]{1,30}$/],
  ['caller-id enable', /^(type [12])?$/],
  ['caller-id alerting', TEXT],
  ['description', TEXT],
  ['ring cadence', /^(pattern(0[1-9]|1[0-2])|define( \d+)+)$/],
  ['ring frequency', /^(20|25|30|50)$/],
  ['timeouts power-denial', /^([0-9]{1,3}|1\d{3}|2[0-4]\d\d|2500)$/],
  ['timeouts initial', NUMBER],
  ['timeouts interdigit', NUMBER],
  ['timing hookflash-in', /^\d{2,4}( \d{1,4})?$/],
  ['input gain', /^-?\d{1,2}$/],
  ['output attenuation', /^-?\d{1,2}$/],
  ['connection plar', /^(opx )?[\d*#]{1,32}$/],
  ['signal', /^(loopstart|groundstart)$/i],
  ['battery-reversal', NONE],
  ['shutdown', NONE],
  ['supervisory disconnect lcfo', NONE],
];
const DIAL_PEER: Lines = [
  ['description', TEXT],
  ['destination-pattern', /^[\d.*#+TABCD[\]^,()?%$-]{1,32}$/],
  ['port', /^\d+(\/\d+){1,2}$/],
  ['authentication username', LOGIN],
  ['session target', /^(ipv4:\S+|dns:\S+|sip-server)$/],
  ['session protocol', /^sipv2$/],
  ['session transport', /^(udp|tcp|tcp tls)$/],
  ['codec', /^(g711alaw|g711ulaw|g729r8|g729br8|g722-64|g723r63|transparent)$/],
  ['dtmf-relay', TEXT],
  ['fax protocol', TEXT],
  ['fax rate', TEXT],
  ['preference', /^(10|\d)$/],
  ['forward-digits', /^(all|\d+)$/],
  ['translation-profile outgoing', WORD],
  ['translation-profile incoming', WORD],
  ['digit-strip', NONE],
  ['vad', NONE],
];
const SIP_UA: Lines = [
  ['authentication username', LOGIN],
  ['registrar', /^(ipv4|dns):\S+( expires \d{1,6})?$/],
  ['sip-server', /^(ipv4|dns):\S+$/],
  ['retry invite', NUMBER],
  ['retry register', NUMBER],
  ['timers connect', NUMBER],
];
const FREE: Lines = [['', TEXT]];

const MODES: Readonly<Record<string, Lines>> = {
  '': [
    ['hostname', /^[A-Za-z][\w-]{0,62}$/],
    ['ntp server', WORD],
    ['logging host', WORD],
    ['ip domain name', WORD],
    ['clock timezone', TEXT],
    ['ip route', TEXT],
    ['ip name-server', TEXT],
    ['snmp-server community', TEXT],
    ['snmp-server host', TEXT],
    ['snmp-server location', TEXT],
    ['username', TEXT],
    ['service', TEXT],
  ],
  'config-voiceport': VOICE_PORT,
  'config-dial-peer': DIAL_PEER,
  'config-sip-ua': SIP_UA,
  'conf-voi-serv': FREE,
  'conf-serv-sip': FREE,
  'config-if': FREE,
  'config-line': FREE,
};

/** Lines of the outermost mode that open another. */
const OPENS: readonly (readonly [line: RegExp, mode: string])[] = [
  [/^voice-port \d+(\/\d+){1,2}$/, 'config-voiceport'],
  [/^dial-peer voice \d{1,9} (pots|voip)$/, 'config-dial-peer'],
  [/^sip-ua$/, 'config-sip-ua'],
  [/^voice service (voip|pots)$/, 'conf-voi-serv'],
  [/^interface [A-Za-z]+[\d/.]+$/, 'config-if'],
  [/^line (con|vty|aux) [\d ]+$/, 'config-line'],
];

/** On unless they are taken away: `no` stays in the configuration. */
const USUAL: ReadonlySet<string> = new Set(['vad', 'digit-strip', 'supervisory disconnect lcfo']);
/** There may be several, each with its own text. */
const MANY: ReadonlySet<string> = new Set([
  'ntp server',
  'logging host',
  'ip route',
  'ip name-server',
  'snmp-server community',
  'snmp-server host',
  'username',
  'service',
]);

/** The lines of IOS that concern voice, for a unit with these voice ports. Blanks between words do not matter. */
export function iosGrammar(voicePorts: ReadonlySet<string>): Grammar {
  return (mode, given) => {
    const line = given.trim().replaceAll(/\s+/g, ' ');
    const isNo = line.startsWith('no ');
    const own = isNo ? line.slice(3) : line;
    // The type of a peer need not be named to take it away.
    if (mode === '' && isNo && /^dial-peer voice \d{1,9}$/.test(own)) {
      return { key: own, line: own, mode: null, removes: own };
    }
    if (mode === '') {
      const opened = OPENS.find(([shape]) => shape.test(own));
      if (opened !== undefined) {
        if (own.startsWith('voice-port ') && (isNo || !voicePorts.has(own.slice(11)))) return null;
        const key = own.replace(/ (pots|voip)$/, (type) => (own.startsWith('dial-peer') ? '' : type));
        return isNo ? { key, line: own, mode: null, removes: own } : { key, line: own, mode: opened[1] };
      }
    }
    if (mode === 'conf-voi-serv' && own === 'sip') return { key: 'sip', line: own, mode: 'conf-serv-sip' };
    return plain(mode, own, isNo);
  };
}

function plain(mode: string, own: string, isNo: boolean): ParsedLine | null {
  for (const [key, rest] of MODES[mode] ?? []) {
    if (key !== '' && own !== key && !own.startsWith(`${key} `)) continue;
    const value = key === '' ? own : own.slice(key.length).trim();
    const single = key === '' || MANY.has(key) ? own : key;
    if (isNo)
      return USUAL.has(key)
        ? { key, line: `no ${key}`, mode: null }
        : { key: single, line: own, mode: null, removes: own };
    if (!rest.test(value)) continue;
    if (USUAL.has(key)) return { key, line: key, mode: null, removes: `no ${key}` };
    const login = rest === LOGIN ? withType7(value) : value;
    return login === null ? null : { key: single, line: `${key} ${login}`.trim(), mode: null };
  }
  return null;
}

/** A password is stored in its reversible form, however it was given; null for one that is none. */
function withType7(value: string): string | null {
  const [, user = '', type, password = ''] = LOGIN.exec(value) ?? [];
  if (type === '7') return decoded7(password) === null ? null : value;
  return `${user} password 7 ${encoded7(password)}`;
}
