import { entriesFor, indexed, LEAVE, one, type KeyAt } from '../../engine/config/entries.ts';
import { cadenceWord, oneName, oneServer, switchedNumber } from '../../engine/config/parts.ts';
import { CLOCK_RULES, LOOP_START, NO_FIGURES, NO_KEY, OWN_DOMAIN } from '../../engine/config/reasons.ts';
import { choiceWord, isRefused, numberWord, refuse, textWord, unverified } from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigSlice } from '../../engine/slices/config.ts';
import { lineTable, PROFILES, secret, server, spaDialPlan } from './cisco-spa.line-table.ts';

/** The profile has these times in seconds with decimals. */
const seconds = (min: number, max: number) => numberWord({ per: 1000, decimals: 3, min, max, unit: ' ms' });
const cadence = cadenceWord({ before: '60(', between: '/', joined: ',', after: ')', scale: seconds(50, 20_000) });
const router = (path: string) => `router-configuration/${path}`;
const ipv4 = textWord({ max: 15, allowed: /^\d{1,3}(?:\.\d{1,3}){3}$/, expected: 'characters: an address of IPv4' });

/** Settings that both lines share. */
function unitTable(): ConfigLayout['mappings'] {
  const { key, keys, secret: hidden } = entriesFor('gateway', PROFILES);
  return {
    'sip.stunServer': key('STUN_Server', oneServer(server)),
    'sip.natKeepAliveSeconds': key('NAT_Keep_Alive_Intvl', numberWord({ min: 5, max: 3600 })),
    'media.dtmfPayloadType': key('AVT_Dynamic_Payload', numberWord({ min: 96, max: 127 })),
    'line.impedance': key('FXS_Port_Impedance', choiceWord({ '600-ohm': '600' }, 'unverified')),
    'line.inputGainDb': key('FXS_Port_Input_Gain', numberWord({ min: -12, max: 12 })),
    'line.outputGainDb': key('FXS_Port_Output_Gain', numberWord({ min: -12, max: 12 })),
    'line.ringFrequencyHz': key('Ring_Frequency', numberWord({ min: 15, max: 60 })),
    'line.ringCadence': key('Ring1_Cadence', cadence),
    'line.callerIdStandard': key(
      'Caller_ID_Method',
      choiceWord({ 'bellcore-fsk': 'Bellcore(N.Amer,China)' }, 'unverified'),
    ),
    'line.currentDisconnectMs': key('CPC_Duration', {
      write: (ms) =>
        ms === 0 ? unverified('whether 0 switches it off is not verified') : seconds(1, 10_000).write(ms),
      read: (text) => (Number(text) === 0 ? undefined : seconds(1, 10_000).read(text)),
    }),
    'line.hookFlashMinMs': key('Hook_Flash_Timer_Min', seconds(40, 2000)),
    'line.hookFlashMaxMs': key('Hook_Flash_Timer_Max', seconds(60, 2000)),
    'gateway.hostName': key(router('Internet_Option/Host_Name'), textWord({ max: 32 })),
    'gateway.ntpServers': keys([router('Time_Setup/Time_Server'), router('Time_Setup/Time_Server_Mode')], {
      write: ([name, ...more]) =>
        name === undefined || more.length > 0 ? refuse('expected one server') : [name, 'manual'],
      read: ([name = '', mode]) => (mode === 'manual' && name !== '' ? [name] : undefined),
    }),
    'gateway.snmp': keys([router('SNMP/SNMP_Enabled'), router('SNMP/SNMPV3')], {
      write(version) {
        if (version === 'v3') return unverified('the users of SNMPv3 are not written');
        return version === 'off' ? ['0', '0'] : ['1', '0'];
      },
      read: ([on, v3]) =>
        on === '0' ? 'off' : on !== '1' ? undefined : v3 === '0' ? 'v2c' : v3 === '1' ? 'v3' : undefined,
    }),
    'gateway.snmpCommunity': hidden(router('SNMP/Get_Community'), secret),
    'gateway.trapReceivers': key(router('SNMP/TRAP_IP_Address'), oneName(ipv4)),
    'gateway.adminPassword': hidden(router('Web_Login_Admin_Password'), secret),
    'gateway.provisioningUrl': key('Profile_Rule', textWord({ max: 255 })),
  };
}

/** The server that a line registers with: its proxy on SPA, a parameter of its own on ATA19x. */
const registrars = (name: string): ConfigLayout['mappings'] => ({
  'sip.registrars': entriesFor('port', PROFILES).keys([indexed(`${name}_#_`), indexed('Register_#_')], {
    write([first, ...more]) {
      if (first === undefined || more.length > 0) return refuse('expected one server');
      const text = server.write(first);
      return isRefused(text) ? text : [text, 'Yes'];
    },
    read([text = '', register]) {
      const found = register === 'Yes' ? server.read(text) : undefined;
      return found === undefined ? undefined : [found];
    },
  }),
});

const vlan = (id: KeyAt): ConfigLayout['mappings'] => ({
  'network.vlanId': entriesFor('gateway', PROFILES).keys(
    [router('WAN_VLAN_Setting/WAN_VLAN_Enable'), id],
    switchedNumber({ on: '1', off: '0' }, numberWord({ min: 1, max: 4094 })),
  ),
});

const syslog: { readonly spa: ConfigLayout['mappings']; readonly ata: ConfigLayout['mappings'] } = {
  spa: { 'gateway.syslogServers': one('gateway', 'Syslog_Server', oneServer(server), PROFILES) },
  ata: {
    'gateway.syslogServers': entriesFor('gateway', PROFILES).keys(
      [router('Log_Configuration/Syslog_Server_IP'), router('Log_Configuration/Syslog_Server_Port')],
      {
        write([first, ...more]) {
          if (more.length > 0) return refuse('expected one server at most');
          if (first === undefined) return ['', LEAVE];
          const text = ipv4.write(first.host);
          return isRefused(text) ? text : [text, String(first.port ?? 514)];
        },
        read([host = '', port]) {
          if (host === '') return [];
          return [{ host, port: port === '514' || port === undefined ? null : Number(port) }];
        },
      },
    ),
  },
};

const notVerified: ConfigLayout['notVerified'] = {
  'sip.domain': OWN_DOMAIN,
  'sip.failback': 'it has an interval after which it returns, and no key that keeps it at the second server is known',
  'sip.tlsVerify': 'what it checks of a certificate is not verified',
  'sip.srtp': 'the words for its calls with encryption are not verified',
  'sip.optionsIntervalSeconds': NO_KEY,
  'sip.sessionTimer': NO_KEY,
  'sip.sessionExpirySeconds': NO_KEY,
  'media.jitterMinMs': NO_FIGURES,
  'media.jitterMaxMs': NO_FIGURES,
  'fax.t38Redundancy': 'the range of its key is not verified',
  'fax.t38BitRateMax': NO_KEY,
  'line.country': 'it has no country; tones, impedance and caller ID are set one by one',
  'line.ringVoltageVrms': 'whether its figure is the peak or the r.m.s. value is not verified',
  'line.callerIdMoment': 'it is part of the method, of which one is verified',
  'line.signalling': LOOP_START,
  'line.offHookWarning': 'it has the tone alone, and no key that switches it off is known',
  'line.hotlineNumber': 'it is a rule of the dial plan in its language',
  'line.hotlineDelaySeconds': 'it is a rule of the dial plan in its language',
  'line.serviceCodes': 'it has about forty codes, which are set one by one',
  'line.outOfService': NO_KEY,
  'line.pulseDialling': NO_KEY,
  'gateway.timeZone': CLOCK_RULES,
  'gateway.managementNetworks': 'the form of its list of addresses is not verified',
  'gateway.webAdmin': 'it has a key for each of several ways to its pages',
};
const NO_VLAN = 'its exports and templates spell the key in two ways';
const NO_MODEM = 'its profile has no such key';
const BASE = { format: 'cisco-flat-profile', digitMap: 'cisco-spa', dialPlan: spaDialPlan, portCount: 2 } as const;
const spa = { ...lineTable(), ...unitTable(), ...registrars('Proxy'), ...syslog.spa };

/** The spelling WAN_VALN_ID is that of the SPA122's own export. */
export const ciscoSpaConfig: ConfigSlice = {
  layouts: [
    {
      name: 'SPA122',
      models: ['SPA122'],
      ...BASE,
      mappings: { ...spa, ...vlan(router('WAN_VLAN_Setting/WAN_VALN_ID')) },
      notVerified: { ...notVerified, 'line.modem': NO_MODEM },
    },
    {
      name: 'SPA112',
      models: ['SPA112'],
      ...BASE,
      mappings: spa,
      notVerified: { ...notVerified, 'network.vlanId': NO_VLAN, 'line.modem': NO_MODEM },
    },
    {
      name: 'ATA19x with multiplatform firmware',
      models: ['ATA191', 'ATA192'],
      ...BASE,
      mappings: {
        ...lineTable(),
        ...unitTable(),
        ...registrars('Registrar_Server'),
        ...syslog.ata,
        ...vlan(router('WAN_VLAN_Setting/WAN_VLAN_ID')),
        'line.modem': one('port', indexed('Modem_Line_#_'), choiceWord({ 'pass-through': 'Yes', off: 'No' }), PROFILES),
      },
      notVerified,
    },
  ],
};
