import type { Endpoint } from '@loopstart/domain';
import { namesOfInventory } from '../../engine/config/port-names.ts';
import { entriesFor, LEAVE, named, type Spread, type Texts } from '../../engine/config/entries.ts';
import {
  choiceWord,
  codeWord,
  flagWord,
  isRefused,
  numberWord,
  refuse,
  textWord,
  unverified,
  type Word,
} from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigMapping, ConfigSlice, Refused } from '../../engine/slices/config.ts';
import { ciscoIosNotVerified } from './cisco-ios.not-verified.ts';

const REFERENCE = { source: 'Cisco IOS Voice Command Reference; running configuration of a router with FXS ports' };
const gateway = entriesFor('gateway', REFERENCE);
const port = entriesFor('port', REFERENCE);
const at = (command: string) => named(`voice-port # > ${command}`);
/** A command without a value. */
const command = { isCommand: true } as const;

const name = (max: number) =>
  textWord({ max, allowed: /^[^"?\s]*$/, expected: 'characters of ASCII without blanks, quotes and question marks' });
const isAddress = (host: string) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);

/** `ipv4:<address>[:port]` or `dns:<name>[:port]`. */
const target: Word<Endpoint> = {
  write({ host, port: wanted }) {
    if (host.includes(':')) return unverified('how it writes an address of IPv6 is not verified');
    return `${isAddress(host) ? 'ipv4' : 'dns'}:${host}${wanted === null ? '' : `:${wanted}`}`;
  },
  read(text) {
    const [, kind, host = '', found] = /^(ipv4|dns):([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
    if (kind === undefined || (kind === 'ipv4') !== isAddress(host)) return undefined;
    return { host, port: found === undefined ? null : Number(found) };
  },
};
const oneTarget: Spread<readonly Endpoint[]> = {
  write([first, ...more]) {
    if (first === undefined || more.length > 0) return refuse('expected one server');
    const text = target.write(first);
    return isRefused(text) ? text : [text];
  },
  read([text = '']) {
    const found = target.read(text);
    return found === undefined ? undefined : [found];
  },
};

const REGISTRAR = /^(\S+) expires (\d+)$/;
/** The registrar and how long a registration lasts are one command. */
function registrar(server: readonly Endpoint[] | undefined, seconds: number | undefined): Texts | Refused {
  const [first, ...more] = server ?? [];
  if (first === undefined || seconds === undefined) {
    return refuse('expected the registrar and the time that a registration lasts, which are one command');
  }
  if (more.length > 0) return refuse('expected one registrar');
  const text = target.write(first);
  return isRefused(text) ? text : [`${text} expires ${seconds}`];
}

const FLASH = /^(\d+) (\d+)$/;
/** `timing hookflash-in <longest> <shortest>`. */
function flash(min: number | undefined, max: number | undefined): Texts | Refused {
  if (min === undefined || max === undefined)
    return refuse('expected the shortest and the longest hook flash, which are one command');
  return min < max ? [`${max} ${min}`] : refuse('expected the shortest hook flash below the longest');
}

/** A setting in blocks that may not be there yet: to open a block is a command of its own. */
function inBlocks<V>(blocks: readonly string[], mapping: ConfigMapping<V>): ConfigMapping<V> {
  return {
    ...mapping,
    isCommand: true,
    keys: (place) => [...blocks, ...(mapping.keys(place) ?? [])],
    write(value, place, others) {
      const assignments = mapping.write(value, place, others);
      return isRefused(assignments) ? assignments : [...blocks.map((block) => [block, ''] as const), ...assignments];
    },
  };
}
const SIP = ['voice service voip', 'voice service voip > sip'];

const mappings: ConfigLayout['mappings'] = {
  'sip.registrars': inBlocks(
    ['sip-ua'],
    gateway.keys(['sip-ua > registrar'], {
      write: (server, _place, others) => registrar(server, others['sip.registerExpirySeconds']),
      read([text = '']) {
        const found = target.read(REGISTRAR.exec(text)?.[1] ?? '');
        return found === undefined ? undefined : [found];
      },
    }),
  ),
  'sip.registerExpirySeconds': inBlocks(
    ['sip-ua'],
    gateway.keys(['sip-ua > registrar'], {
      write: (seconds, _place, others) => registrar(others['sip.registrars'], seconds),
      read([text = '']) {
        const seconds = REGISTRAR.exec(text)?.[2];
        return seconds === undefined ? undefined : Number(seconds);
      },
    }),
  ),
  'sip.proxies': inBlocks(['sip-ua'], gateway.keys(['sip-ua > sip-server'], oneTarget)),
  'sip.outboundProxy': inBlocks(SIP, gateway.keys(['voice service voip > sip > outbound-proxy'], oneTarget)),
  'sip.transport': inBlocks(
    SIP,
    gateway.key('voice service voip > sip > session transport', choiceWord({ udp: 'udp', tcp: 'tcp' }, 'unverified')),
  ),
  'line.country': port.key(at('cptone'), textWord({ max: 2, allowed: /^[A-Z]{2}$/, expected: 'capital letters' })),
  'line.inputGainDb': port.key(at('input gain'), numberWord({ min: -6, max: 12, unit: ' dB' })),
  'line.outputGainDb': port.key(at('output attenuation'), numberWord({ per: -1, min: -12, max: 6, unit: ' dB' })),
  'line.ringFrequencyHz': port.key(at('ring frequency'), codeWord({ 25: 25, 50: 50 }, 'Hz')),
  'line.callerId': port.key(at('caller-id enable'), flagWord('', 'no'), command),
  'line.polarityReversal': port.key(at('battery-reversal'), choiceWord({ 'on-answer': '', none: 'no' }), command),
  'line.currentDisconnectMs': port.keys(
    [at('supervisory disconnect lcfo'), at('timeouts power-denial')],
    {
      write: (ms) => (ms === 0 ? ['no', LEAVE] : ms > 2500 ? refuse('expected 0 to 2500 ms') : ['', String(ms)]),
      read: ([lcfo, ms]) => (lcfo === 'no' ? 0 : ms === undefined || !/^\d+$/.test(ms) ? undefined : Number(ms)),
    },
    command,
  ),
  'line.hookFlashMinMs': port.keys([at('timing hookflash-in')], {
    write: (ms, _place, others) => flash(ms, others['line.hookFlashMaxMs']),
    read: ([text = '']) => Number(FLASH.exec(text)?.[2] ?? Number.NaN) || undefined,
  }),
  'line.hookFlashMaxMs': port.keys([at('timing hookflash-in')], {
    write: (ms, _place, others) => flash(others['line.hookFlashMinMs'], ms),
    read: ([text = '']) => Number(FLASH.exec(text)?.[1] ?? Number.NaN) || undefined,
  }),
  'line.hotlineNumber': port.keys([at('connection')], {
    write: (number) => [`plar ${number}`],
    read: ([text = '']) => /^plar (\S+)$/.exec(text)?.[1],
  }),
  'port.displayName': port.key(
    at('station-id name'),
    textWord({ max: 15, allowed: /^[^"?]*$/, expected: 'characters of ASCII' }),
  ),
  'gateway.hostName': gateway.key('hostname', name(32)),
};

const MODELS = [
  'VG202',
  'VG202XM',
  'VG204',
  'VG204XM',
  'VG224',
  'VG310',
  'VG320',
  'VG350',
  'VG450',
  'VG400-2FXS2FXO',
  'VG400-4FXS4FXO',
  'VG400-6FXS6FXO',
  'VG400-8FXS',
  'VG410-24FXS',
  'VG410-48FXS',
  'VG420-144FXS',
  'VG420-132FXS6FXO',
  'VG420-84FXS6FXO',
];

/** The interface of a voice port has its number: `Foreign Exchange Station 0/1/0`, in short `Fo0/1/0`. */
const voicePortOf = (reported: string): string | null =>
  /^(?:Foreign Exchange Station ?|Fo)(\d{1,2}(?:\/\d{1,3}){1,2})$/.exec(reported)?.[1] ?? null;

/** Voice gateways with IOS or IOS XE. The names of their voice ports are read from the unit. */
export const ciscoIosConfig: ConfigSlice = {
  layouts: [
    {
      name: 'voice ports of IOS',
      models: MODELS,
      format: 'cisco-ios',
      portNames: namesOfInventory,
      portNameOf: voicePortOf,
      digitMap: 'cisco-ios',
      mappings,
      notVerified: ciscoIosNotVerified,
    },
  ],
};
