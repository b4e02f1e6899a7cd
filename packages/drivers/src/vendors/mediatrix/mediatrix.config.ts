import type { FieldValue } from '@loopstart/domain';
import { namesOfInventory } from '../../engine/config/port-names.ts';
import { entriesFor, LEAVE, named, type Spread } from '../../engine/config/entries.ts';
import { inEach, serversIn } from '../../engine/config/parts.ts';
import {
  choiceWord,
  endpointWord,
  flagWord,
  isRefused,
  numberWord,
  refuse,
  textWord,
  unverified,
  type Word,
} from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigSlice } from '../../engine/slices/config.ts';
import { MEDIATRIX_CODEC_KEYS, mediatrixCodecs } from './mediatrix.codecs.ts';
import { mediatrixDialPlan } from './mediatrix.dial-plan.ts';
import { mediatrixNotVerified } from './mediatrix.not-verified.ts';

const SCRIPT = { source: 'script that a DGW unit exported; Media5 configuration notes' };
const gateway = entriesFor('gateway', SCRIPT);
const port = entriesFor('port', SCRIPT);

const on = flagWord('Enable', 'Disable');
/** The script is executed as written, so quotes end a value. */
const plain = (max: number) =>
  textWord({ max, allowed: /^[^"%\\]*$/, expected: 'characters of ASCII without % and quotes' });
/** Port 0 is the protocol's own. */
const server = endpointWord({ max: 64, portOfNull: 0 });
const at = (service: string, table: string, column: string) => named(`${service}.${table}[EpId=#].${column}`);
/** A value of one port counts once its row is switched on. */
const specific = (service: string, table: string, column: string) => [
  at(service, table, 'EnableConfig'),
  at(service, table, column),
];

const enabledWith = <V>(word: Word<V>): Spread<V> => ({
  write(value) {
    const text = word.write(value);
    return isRefused(text) ? text : ['Enable', text];
  },
  read: ([enabled, text]) => (enabled === 'Enable' && text !== undefined ? word.read(text) : undefined),
});

const hostWithPort = (port: number): Word<string> => ({
  write: (host) =>
    host.includes(':') ? unverified('how it writes an address of IPv6 is not verified') : `${host}:${port}`,
  read: (text) => (text.endsWith(`:${port}`) ? text.slice(0, -`:${port}`.length) : undefined),
});

/** One of the list, where a second key has to hold a certain word. */
const oneWith = (host: Word<string>, word: string): Spread<readonly string[]> => ({
  write([name, ...more]) {
    if (name === undefined || more.length > 0) return refuse('expected one server');
    const text = host.write(name);
    return isRefused(text) ? text : [text, word];
  },
  read([text = '', found]) {
    const name = found === word ? host.read(text) : undefined;
    return name === undefined ? undefined : [name];
  },
});

const FAX: Readonly<Record<FieldValue<'fax.transport'>, readonly [string, ...(string | typeof LEAVE)[]]>> = {
  t38: ['Enable', LEAVE, LEAVE],
  g711: ['Disable', 'Enable', 'Enable'],
  off: ['Disable', 'Disable', 'Disable'],
};
const fax: Spread<FieldValue<'fax.transport'>> = {
  write: (way) => FAX[way],
  read([t38, ...g711]) {
    if (t38 === 'Enable') return 't38';
    const way = g711[0] === 'Enable' ? 'g711' : 'off';
    return [t38, ...g711].every((text, index) => text === FAX[way][index]) ? way : undefined;
  },
};

const VERSIONS = {
  off: ['Disable', 'Disable', 'Disable'],
  v2c: ['Disable', 'Enable', 'Disable'],
  v3: ['Disable', 'Disable', 'Enable'],
} as const;
const snmp: Spread<FieldValue<'gateway.snmp'>> = {
  write: (version) => VERSIONS[version],
  read: (texts) =>
    (['off', 'v2c', 'v3'] as const).find((version) => VERSIONS[version].every((text, index) => text === texts[index])),
};

const mappings: ConfigLayout['mappings'] = {
  'sip.registrars': gateway.keys(['SipEp.DefaultStaticRegistrarServerHost'], serversIn(1, server)),
  'sip.proxies': gateway.keys(['SipEp.DefaultStaticProxyHomeDomainHost'], serversIn(1, server)),
  'sip.outboundProxy': gateway.keys(['SipEp.DefaultStaticProxyOutboundHost'], serversIn(1, server)),
  'sip.tlsVerify': gateway.key(
    'SipEp.InteropTlsCertificateValidation',
    choiceWord({ 'chain-and-name': 'HostName' }, 'unverified'),
  ),
  'sip.srtp': gateway.key('Mipt.DefaultSecurityRtpMode', choiceWord({ off: 'Unsecure' }, 'unverified')),
  'sip.registerExpirySeconds': gateway.key(
    'SipEp.DefaultRegistrationProposedExpirationValue',
    numberWord({ min: 60, max: 86_400 }),
  ),
  'sip.sessionTimer': gateway.key('SipEp.DefaultSessionTimerEnable', on),
  'sip.sessionExpirySeconds': gateway.key(
    'SipEp.DefaultSessionTimerMaximumExpirationDelay',
    numberWord({ min: 90, max: 86_400 }),
  ),
  'media.codecs': gateway.keys(MEDIATRIX_CODEC_KEYS, mediatrixCodecs),
  'media.dtmf': gateway.key(
    'Mipt.DefaultDtmfTransportMethod',
    choiceWord({ rfc4733: 'OutOfBandUsingRtp', 'in-band': 'InBand' }, 'unverified'),
  ),
  'media.dtmfPayloadType': gateway.key('Mipt.DefaultDtmfTransportPayloadType', numberWord({ min: 96, max: 127 })),
  'fax.transport': gateway.keys(
    ['T38', 'G711Alaw', 'G711Mulaw'].map((name) => `Mipt.DefaultCodec${name}DataEnable`),
    fax,
  ),
  'fax.t38Redundancy': gateway.key('Mipt.DefaultCodecT38RedundancyLevel', numberWord({ min: 0, max: 5 })),
  'line.country': gateway.key('TelIf.CountrySelection', choiceWord({ IT: 'Italy1' }, 'unverified')),
  'line.hotlineNumber': port.keys(
    ['EnableConfig', 'Enable', 'TargetAddress'].map((column) => at('EpServ', 'EpSpecificAutoCall', column)),
    {
      write: (number) => ['Enable', 'Enable', number],
      read: ([config, enabled, number]) =>
        config === 'Enable' && enabled === 'Enable' && number !== '' ? number : undefined,
    },
  ),
  'line.callWaiting': port.keys(specific('EpServ', 'EpSpecificCallWaiting', 'Enable'), enabledWith(on)),
  'line.faxDetection': port.keys(
    ['EnableConfig', 'CngToneDetection', 'CedToneDetection', 'V21ModulationDetection'].map((column) =>
      named(`TelIf.SpecificMachineDetection[InterfaceId=#].${column}`),
    ),
    {
      write: (wanted) => ['Enable', ...Array.from({ length: 3 }, () => (wanted ? 'Enable' : 'Disable'))],
      read: ([config, ...texts], place) => (config === 'Enable' ? inEach(3, on).read(texts, place) : undefined),
    },
  ),
  'port.extension': port.keys([at('SipEp', 'UserAgent', 'Username'), at('SipEp', 'UserAgent', 'Register')], {
    write: (user) => [user, 'Enable'],
    read: ([user, register]) => (register === 'Enable' && user !== '' ? user : undefined),
  }),
  'port.displayName': port.key(at('SipEp', 'UserAgent', 'FriendlyName'), plain(40)),
  'port.enabled': port.key(at('EpAdm', 'Endpoint', 'InitialAdminStateConfig'), flagWord('Unlocked', 'Locked'), {
    cost: 'reboot',
  }),
  'gateway.hostName': gateway.key('Hoc.HostName', plain(32)),
  'gateway.ntpServers': gateway.keys(
    ['Hoc.StaticSntpServerHost', 'Hoc.SntpConfigSource'],
    oneWith(hostWithPort(123), 'Static'),
  ),
  'gateway.syslogServers': gateway.keys(
    ['Nlm.SyslogRemoteHost'],
    serversIn(1, endpointWord({ max: 64, portOfNull: 514 })),
  ),
  'gateway.snmp': gateway.keys(['Snmp.EnableSnmpV1', 'Snmp.EnableSnmpV2', 'Snmp.EnableSnmpV3'], snmp),
  'gateway.snmpCommunity': gateway.secret('Snmp.Community', plain(32)),
  'gateway.trapReceivers': gateway.keys(['Snmp.TrapDest', 'Snmp.EnableTrap'], oneWith(hostWithPort(162), 'Enable')),
  'gateway.adminPassword': gateway.secret('Aaa.Users[UserName=admin].Password', plain(30)),
};

/** `endpointEpId` is the name of the endpoint in scripts, too. */
const endpointOf = (reported: string): string | null => (/^[A-Za-z][\w-]{0,63}$/.test(reported) ? reported : null);

/** The services of DGW are the same on all of these; what an FXS line alone has stands in no file that was seen. */
export const mediatrixConfig: ConfigSlice = {
  layouts: [
    {
      name: 'DGW script',
      models: [
        'Mediatrix C710',
        'Mediatrix 4108',
        'Mediatrix 4124',
        'Mediatrix C730',
        'Mediatrix S724',
        'Mediatrix G7',
        'Mediatrix Sentinel',
        'Mediatrix LP24',
      ],
      format: 'mediatrix-script',
      costAtLeast: 'service-restart',
      portNames: namesOfInventory,
      portNameOf: endpointOf,
      digitMap: 'mediatrix',
      dialPlan: mediatrixDialPlan,
      mappings,
      notVerified: mediatrixNotVerified,
    },
  ],
};
