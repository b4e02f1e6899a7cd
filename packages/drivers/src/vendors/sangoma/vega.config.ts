import type { Endpoint, FieldId } from '@loopstart/domain';
import { entriesFor, indexed, type Spread } from '../../engine/config/entries.ts';
import { inEach, oneName, rowKeys, rows, switchedNumber } from '../../engine/config/parts.ts';
import { CLOCK_RULES, LOOP_START, NO_FIGURES, NO_KEY } from '../../engine/config/reasons.ts';
import {
  choiceWord,
  endpointWord,
  flagWord,
  isRefused,
  numberWord,
  refuse,
  textWord,
  tosByteWord,
  unverified,
  type Word,
} from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigMapping, ConfigSlice } from '../../engine/slices/config.ts';

const DUMP = { source: 'dump that a Vega 50 with 4 FXS and 2 FXO wrote' };
const gateway = entriesFor('gateway', DUMP);
const port = entriesFor('port', DUMP);

const bit = flagWord('1', '0');
const word = flagWord('on', 'off');
const fxs = (name: string) => `._advanced.pots.fxs.1.${name}`;
const sip = (name: string) => `.sip.profile.1.${name}`;
/** Values stand in double quotes. */
const plain = (max: number) =>
  textWord({ max, allowed: /^[^"%\\]*$/, expected: 'characters of ASCII without % and quotes' });
/** The only word that was seen is the one for "no". */
const neverWord: Word<boolean> = {
  write: (wanted) => (wanted ? unverified('the word that switches it on is not verified') : 'never'),
  read: (text) => (text === 'never' ? false : undefined),
};

const PORT = 5060;
const server = rows<Endpoint>(3, 3, {
  write({ host, port: wanted }) {
    const text = endpointWord({ max: 64 }).write({ host, port: null });
    return isRefused(text) ? text : [text, String(wanted ?? PORT), '1'];
  },
  read: ([host = '', found, enabled]) =>
    enabled === '1' && host !== '' ? { host, port: Number(found) === PORT ? null : Number(found) } : undefined,
});

/** Servers of the first SIP profile. With TLS another key has the port. */
const servers = (list: 'proxy' | 'registrar'): ConfigMapping<readonly Endpoint[]> =>
  gateway.keys(
    rowKeys(3, (at) => sip(`${list}.${at + 1}`), ['ipname', 'port', 'enable'], '.'),
    {
      ...server,
      write(wanted, place, others) {
        const hasPort = wanted.some(({ port: one }) => one !== null);
        if (hasPort && others['sip.transport'] === 'tls') return unverified('its port for TLS is another key');
        return server.write(wanted, place, others);
      },
    },
  );

const address = textWord({ max: 15, allowed: /^\d{1,3}(?:\.\d{1,3}){3}$/, expected: 'characters: an address of IPv4' });
const syslog: Spread<readonly Endpoint[]> = {
  write([first, ...more]) {
    if (first === undefined || more.length > 0) return refuse('expected one server');
    const text = address.write(first.host);
    return isRefused(text) ? text : [text, String(first.port ?? 514)];
  },
  read([host = '', found]) {
    if (host === '' || host === '0.0.0.0') return undefined;
    return [{ host, port: Number(found) === 514 ? null : Number(found) }];
  },
};

const mappings: ConfigLayout['mappings'] = {
  'sip.registrars': servers('registrar'),
  'sip.domain': gateway.key(sip('reg_domain'), plain(64)),
  'sip.proxies': servers('proxy'),
  'sip.transport': gateway.key(sip('sig_transport'), choiceWord({ udp: 'udp' }, 'unverified')),
  'sip.srtp': gateway.key(sip('srtp_mode'), choiceWord({ off: 'off' }, 'unverified')),
  'sip.registerExpirySeconds': gateway.key(sip('reg_expiry'), numberWord({ min: 60, max: 86_400 })),
  'sip.sessionTimer': gateway.key('.sip.sess_timer.1.enable', bit),
  'sip.sessionExpirySeconds': gateway.key('.sip.sess_timer.1.interval', numberWord({ min: 90, max: 86_400 })),
  'media.dtmf': gateway.key(sip('dtmf_transport'), choiceWord({ rfc4733: 'rfc2833' }, 'unverified')),
  'media.dtmfPayloadType': gateway.key(sip('rfc2833_payload'), numberWord({ min: 96, max: 127 })),
  'fax.errorCorrection': gateway.key('._advanced.t38.allow_ecm', bit),
  'qos.sipDscp': gateway.key('.qos_profile.1.tos.signalling_priority', tosByteWord(16)),
  'qos.rtpDscp': gateway.key('.qos_profile.1.tos.media_priority', tosByteWord(16)),
  'network.vlanId': gateway.keys(
    ['.qos_profile.1.8021q.enable', '.qos_profile.1.8021q.vlan_id'],
    switchedNumber({ on: '1', off: '0' }, numberWord({ min: 1, max: 4094 })),
  ),
  'network.vlanPriority': gateway.keys(
    ['default', 'media', 'signalling'].map((kind) => `.qos_profile.1.8021q.${kind}_priority`),
    inEach(3, numberWord({ min: 0, max: 7 })),
  ),
  'line.impedance': gateway.key(fxs('impedance'), choiceWord({ etsi: 'CTR21' }, 'unverified')),
  'line.ringVoltageVrms': gateway.key(fxs('vring_rms'), numberWord({ min: 40, max: 90, unit: ' V' })),
  'line.callerId': port.key(indexed('.pots.port.#.callerid'), word),
  'line.polarityReversal': gateway.key(fxs('line_reversal'), choiceWord({ none: '0', 'on-answer': '1' })),
  'line.currentDisconnectMs': gateway.keys(
    [fxs('loop_current_break'), fxs('loop_current_time')],
    switchedNumber({ on: '1', off: '0' }, numberWord({ min: 1, max: 10_000, unit: ' ms' })),
  ),
  'line.hookFlashMinMs': gateway.key(fxs('hookflash_debounce_time'), numberWord({ min: 40, max: 2000, unit: ' ms' })),
  'line.hookFlashMaxMs': gateway.key(fxs('hookflash_time'), numberWord({ min: 60, max: 2000, unit: ' ms' })),
  'line.callWaiting': port.key(indexed('.pots.port.#.call_waiting'), word),
  'line.faxDetection': gateway.key('.sip.fax_detect', neverWord),
  'line.modem': gateway.key('.sip.modem_detect', choiceWord({ off: 'never' }, 'unverified')),
  'line.messageWaiting': gateway.key(fxs('visual_mwi'), choiceWord({ 'stutter-tone': 'tone' }, 'unverified')),
  'line.pulseDialling': gateway.key(fxs('pulse_dial_detection'), bit),
  'port.enabled': port.key(indexed('.pots.port.#.enable'), bit),
  'gateway.hostName': gateway.key('.lan.name', plain(32)),
  'gateway.ntpServers': gateway.key('.ntp.ip', oneName(address)),
  'gateway.syslogServers': gateway.keys(['.logger.syslog.server.1.ip', '.logger.syslog.server.1.port'], syslog),
  'gateway.snmpCommunity': gateway.secret('.snmp.mib2.communities.1.name', plain(32)),
  'gateway.trapReceivers': gateway.key('.snmp.mib2.managers.1.ip', oneName(address)),
};

const ACCOUNT = 'which row of its list of users belongs to a port differs between units';
const CAPABILITIES = 'it is a list of numbers of another table, whose rows differ between units';
const RINGS = 'its rings are a list that ports point to';
const notVerified: Partial<Record<FieldId, string>> = {
  'sip.outboundProxy': 'its proxies are the next hop already',
  'sip.failback': 'the words of its mode are not verified',
  'sip.tlsVerify': NO_KEY,
  'sip.optionsIntervalSeconds': 'the word that switches it on is not verified',
  'sip.nat': 'what its keys for address translation do together is not verified',
  'sip.stunServer': NO_KEY,
  'sip.natKeepAliveSeconds': NO_KEY,
  'media.codecs': CAPABILITIES,
  'media.jitterMinMs': NO_FIGURES,
  'media.jitterMaxMs': NO_FIGURES,
  'fax.transport': CAPABILITIES,
  'fax.fallback': CAPABILITIES,
  'fax.t38Redundancy': NO_KEY,
  'fax.t38BitRateMax': 'its packet profiles have one each, and which one a fax uses differs between units',
  'line.country': NO_KEY,
  'line.inputGainDb': 'the directions of its gains are not verified',
  'line.outputGainDb': 'the directions of its gains are not verified',
  'line.ringFrequencyHz': RINGS,
  'line.ringCadence': RINGS,
  'line.callerIdStandard': 'the words of its types are not all verified',
  'line.callerIdMoment': 'the words of its types are not all verified',
  'line.signalling': LOOP_START,
  'line.offHookWarning': NO_KEY,
  'line.hotlineNumber': 'it is a rule of the call planner',
  'line.hotlineDelaySeconds': 'it is a rule of the call planner',
  'line.serviceCodes': 'it has a key for each service, and none for all',
  'line.outOfService': NO_KEY,
  'port.extension': ACCOUNT,
  'port.authName': ACCOUNT,
  'port.password': ACCOUNT,
  'port.displayName': 'it is in the layer of the web pages, which must not be mixed with this one',
  'port.dialPlan': 'the order in which its planner takes profiles is not verified',
  'gateway.timeZone': CLOCK_RULES,
  'gateway.snmp': NO_KEY,
  'gateway.managementNetworks': NO_KEY,
  'gateway.webAdmin': NO_KEY,
  'gateway.adminPassword': 'no dump shows its key',
  'gateway.provisioningUrl': 'it names a file, and its server is another setting',
};

/** The expert layer alone: the layer `.quick` writes the same settings, and the two must not be mixed. */
export const vegaConfig: ConfigSlice = {
  layouts: [
    {
      name: 'Vega 50',
      models: ['Vega 50'],
      format: 'sangoma-vega',
      digitMap: 'vega',
      mappings,
      notVerified,
    },
  ],
};
