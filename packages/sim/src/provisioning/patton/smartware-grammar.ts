import type { Grammar, ParsedLine } from '../text-config.ts';

type Lines = readonly (readonly [key: string, rest: RegExp])[];

const NONE = /^$/;
const WORD = /^\S+$/;
const TEXT = /^\S.*$/;
const HOST_PORT = /^[\w.-]+( \d{1,5})?$/;
const DESTINATION = /^dest-(table|interface) \S+( \S+)?$/;

/** Plain lines of each mode. A key that ends in `*` may come several times, each with its own first word. */
const MODES: Readonly<Record<string, Lines>> = {
  '': [
    ['cli version', /^3\.20$/],
    ['clock local offset', /^[+-]\d\d:\d\d$/],
    ['clock local default-offset', /^[+-]\d\d:\d\d$/],
    ['sntp-client server primary', TEXT],
    ['sntp-client', NONE],
    ['syslog-client remote', TEXT],
    ['webserver port', TEXT],
    ['snmp community*', /^\S+ (ro|rw)$/],
    ['snmp host', TEXT],
    ['administrator*', /^\S+ password \S*( encrypted)?$/],
    ['timer*', TEXT],
  ],
  'ctx-ip': [['route*', TEXT]],
  'if-ip': [
    ['ipaddress', TEXT],
    ['tcp adjust-mss*', TEXT],
  ],
  'ctx-cs': [
    ['national-prefix', WORD],
    ['international-prefix', WORD],
    ['digit-collection timeout', /^\d{1,3}$/],
    ['address-completion timeout', /^\d{1,3}$/],
    ['shutdown', NONE],
  ],
  'rt-tab': [['route*', /^\S+ dest-(table|interface|service) \S+( \S+)?$/]],
  'map-tab': [['map*', /^\S+ to \S+$/]],
  'if-fxs': [
    ['route call', DESTINATION],
    ['subscriber-number', /^[\d*#+]{1,32}$/],
    ['caller-id-presentation', /^(mid-ring|pre-ring)$/],
    ['call-waiting', NONE],
    ['call-transfer', NONE],
    ['call-hold', NONE],
    ['additional-call-offering', NONE],
    ['message-waiting-indication', TEXT],
    ['ringing-cadence', WORD],
  ],
  'if-sip': [
    ['bind context sip-gateway', WORD],
    ['route call', DESTINATION],
    ['remote', HOST_PORT],
    ['early-disconnect', NONE],
    ['address-translation*', TEXT],
  ],
  'auth-srv': [['username*', /^\S+ password \S+( encrypted)?$/]],
  'loc-srv': [['domain*', /^\d [\w.-]+( \d{1,5})?$/]],
  identity: [['alias', WORD]],
  'auth-out': [['authenticate*', /^\d authentication-service \S+ username \S+$/]],
  'reg-out': [
    ['registrar', HOST_PORT],
    ['proxy*', /^\d [\w.-]+ \d{1,5}$/],
    ['lifetime', /^\d{2,6}$/],
    ['register', /^auto$/],
    ['keep-alive options', /^\d{1,5}$/],
  ],
  'ctx-sip': [
    ['bind location-service', WORD],
    ['shutdown', NONE],
  ],
  'if-gw': [['bind interface', TEXT]],
  'prt-fxs': [
    ['encapsulation', /^cc-fxs$/],
    ['bind interface', /^\S+ switch$/],
    ['use profile fxs', WORD],
    ['caller-id format', WORD],
    ['shutdown', NONE],
  ],
  'prt-eth': [
    ['medium', TEXT],
    ['encapsulation', WORD],
    ['bind interface', TEXT],
    ['shutdown', NONE],
  ],
  // Of all kinds of profiles.
  pf: [
    ['play*', TEXT],
    ['pause*', TEXT],
    ['flush-play-list', NONE],
    ['map*', TEXT],
    ['codec*', TEXT],
    ['fax transmission*', TEXT],
    ['dtmf-relay', WORD],
    ['method*', TEXT],
    ['destination', /^(configuration|script)$/],
    ['location*', TEXT],
    ['activation reload', /^(immediate|graceful)$/],
  ],
  sys: [['low-bitrate-codec', WORD]],
};

/** Lines that open a mode, by the mode in which they stand. */
const OPENS: Readonly<Record<string, readonly (readonly [line: RegExp, mode: string])[]>> = {
  '': [
    [/^system$/, 'sys'],
    [/^profile [\w-]+ \S+$/, 'pf'],
    [/^context ip router$/, 'ctx-ip'],
    [/^context cs switch$/, 'ctx-cs'],
    [/^context sip-gateway \S+$/, 'ctx-sip'],
    [/^authentication-service \S+$/, 'auth-srv'],
    [/^location-service \S+$/, 'loc-srv'],
    [/^port fxs 0 \d+$/, 'prt-fxs'],
    [/^port ethernet 0 \d+$/, 'prt-eth'],
  ],
  sys: [[/^ic voice 0$/, 'sys']],
  'ctx-ip': [[/^interface \S+$/, 'if-ip']],
  'ctx-cs': [
    [/^interface fxs \S+$/, 'if-fxs'],
    [/^interface sip \S+$/, 'if-sip'],
    [/^routing-table called-e164 \S+$/, 'rt-tab'],
    [/^mapping-table \S+ to \S+ \S+$/, 'map-tab'],
  ],
  'loc-srv': [
    [/^identity \S+$/, 'identity'],
    [/^identity-group \S+$/, 'identity'],
  ],
  identity: [
    [/^authentication outbound$/, 'auth-out'],
    [/^registration outbound$/, 'reg-out'],
  ],
  'ctx-sip': [[/^interface \S+$/, 'if-gw']],
};

/** The lines of SmartWare (`cli version 3.20`) that concern voice, for a unit with this number of FXS ports. */
export function smartWareGrammar(fxs: number): Grammar {
  return (mode, given) => {
    const line = given.trim().replaceAll(/\s+/g, ' ');
    const isNo = line.startsWith('no ');
    const own = isNo ? line.slice(3) : line;
    const opened = OPENS[mode]?.find(([shape]) => shape.test(own));
    if (opened !== undefined) {
      const port = /^port fxs 0 (\d+)$/.exec(own)?.[1];
      if (port !== undefined && (isNo || Number(port) >= fxs)) return null;
      return isNo ? { key: own, line: own, mode: null, removes: own } : { key: own, line: own, mode: opened[1] };
    }
    return plain(mode, own, isNo);
  };
}

function plain(mode: string, own: string, isNo: boolean): ParsedLine | null {
  for (const [shape, rest] of MODES[mode] ?? []) {
    const key = shape.replace('*', '');
    if (own !== key && !own.startsWith(`${key} `)) continue;
    const value = own.slice(key.length).trim();
    const many = shape.endsWith('*') ? `${key} ${value.split(' ')[0]}`.trim() : key;
    // A switch that is off stays in the configuration; any other line is taken away.
    if (isNo && rest === NONE) return { key, line: `no ${key}`, mode: null };
    if (isNo) return { key: many, line: own, mode: null, removes: own };
    if (rest.test(value)) return { key: many, line: concealed(own), mode: null };
  }
  return null;
}

/** Passwords are shown in a form that the unit takes back. */
function concealed(line: string): string {
  return line.replace(/ password (\S+)$/, (_, password: string) => {
    return ` password ${Buffer.from(password, 'utf8').toString('base64')} encrypted`;
  });
}

/** The password of a line; '' where it has none. */
export function passwordIn(line: string): string {
  const coded = / password (\S+) encrypted$/.exec(line)?.[1];
  return Buffer.from(coded ?? '', 'base64').toString('utf8');
}
