import { entriesFor, one, type KeyAt } from '../../engine/config/entries.ts';
import { cadenceWord, inEach, oneName, oneServer, switchedNumber } from '../../engine/config/parts.ts';
import { CLOCK_RULES, LOOP_START, NO_FIGURES, NO_KEY, OWN_DOMAIN } from '../../engine/config/reasons.ts';
import { codeWord, dscpWord, numberWord, textWord } from '../../engine/config/words.ts';
import type { ConfigLayout, ConfigProfiles, ConfigSlice } from '../../engine/slices/config.ts';
import { provisioningUrl, snmpVersion, syslogServer } from './grandstream.device.ts';
import { ACCOUNT_KEYS, PORT_KEYS, PROFILE_KEYS } from './grandstream.keys.ts';
import { dialPlanOf, profileTable, server, TEMPLATES, yes } from './grandstream.profile-table.ts';

const account = textWord({ max: 64 });
const secret = (max: number) => textWord({ max, allowed: /^[!-~]*$/, expected: 'characters of ASCII without blanks' });

function portTable(at: Readonly<Record<keyof typeof ACCOUNT_KEYS, KeyAt>>): ConfigLayout['mappings'] {
  const { key, secret: hidden } = entriesFor('port', TEMPLATES);
  return {
    'port.extension': key(at.user, account),
    'port.authName': key(at.authName, account),
    'port.password': hidden(at.password, secret(64)),
    'port.displayName': key(at.name, account),
    'port.enabled': key(at.enabled, yes),
    'line.hotlineNumber': key(at.hotline, textWord({ max: 64 })),
  };
}

/** Cadences are in milliseconds: the comment "10 ms units" of GXW42xx contradicts its own `c=2000/4000`. */
const cadence = cadenceWord({
  before: 'c=',
  between: '/',
  joined: '-',
  after: ';',
  scale: numberWord({ min: 0, max: 64_000 }),
});

function gatewayTable(isGxw: boolean): ConfigLayout['mappings'] {
  const { key, keys, secret: hidden } = entriesFor('gateway', TEMPLATES);
  return {
    'sip.stunServer': key('P76', oneServer(server)),
    'sip.natKeepAliveSeconds': key('P84', numberWord({ min: 10, max: 160, unit: ' seconds' })),
    'network.vlanId': key('P51', numberWord({ min: 0, max: 4094 })),
    'network.vlanPriority': isGxw
      ? key('P87', numberWord({ min: 0, max: 7 }))
      : keys(['P5038', 'P5042'], inEach(2, numberWord({ min: 0, max: 7 }))),
    ...(isGxw && { 'qos.rtpDscp': key('P38', dscpWord) }),
    'line.ringCadence': key('P4040', cadence),
    'gateway.hostName': key('P146', textWord({ max: 32 })),
    'gateway.ntpServers': key('P30', oneName(account)),
    'gateway.syslogServers': keys(['P207', 'P208'], syslogServer(server)),
    'gateway.snmp': keys(['P21896', 'P21904'], snmpVersion),
    'gateway.snmpCommunity': hidden('P21902', secret(64)),
    'gateway.trapReceivers': key('P21897', oneName(account)),
    'gateway.adminPassword': hidden('P2', secret(30)),
    'gateway.provisioningUrl': keys(['P212', 'P237'], provisioningUrl(isGxw ? 3 : 4)),
  };
}

/** Keys that the template of HT81x has for the first profile or account; those of the second are not documented. */
const firstProfile = (scope: 'profile' | 'port'): ConfigLayout['mappings'] => {
  const { key, keys } = entriesFor(scope, { source: 'comments of the HT81x 1.0.63.3 template' });
  return {
    'sip.tlsVerify': keys([['P2311'], ['P2367']], {
      write: (what) => (what === 'none' ? ['0', '0'] : what === 'chain' ? ['0', '1'] : ['1', '1']),
      read: ([name, chain]) =>
        chain === '1' ? (name === '1' ? 'chain-and-name' : 'chain') : name === '0' ? 'none' : undefined,
    }),
    'sip.optionsIntervalSeconds': keys(
      [['P2397'], ['P2398']],
      switchedNumber({ on: '1', off: '0' }, numberWord({ min: 1, max: 64_800, unit: ' seconds' })),
    ),
    'sip.sessionTimer': key(['P2395'], yes),
    'qos.sipDscp': key(['P5046'], dscpWord),
    'qos.rtpDscp': key(['P5050'], dscpWord),
    'line.ringFrequencyHz': key(['P4429'], codeWord({ 20: 20, 25: 25 }, 'Hz')),
  };
};

const notVerified: ConfigLayout['notVerified'] = {
  'sip.domain': OWN_DOMAIN,
  'media.jitterMinMs': NO_FIGURES,
  'media.jitterMaxMs': NO_FIGURES,
  'fax.fallback': NO_KEY,
  'fax.t38Redundancy': NO_KEY,
  'fax.t38BitRateMax': NO_KEY,
  'fax.errorCorrection': NO_KEY,
  'line.country': 'it has no country; tones, impedance and caller ID are set one by one',
  'line.ringVoltageVrms': 'it has two levels of ringing power without a voltage',
  'line.callerId': 'no key that switches it off is known',
  'line.signalling': LOOP_START,
  'line.outOfService': NO_KEY,
  'line.faxDetection': 'it has the side that detects, and no key that switches the detection off',
  'line.modem': NO_KEY,
  'gateway.timeZone': CLOCK_RULES,
  'gateway.managementNetworks': 'the form of its list of addresses is not verified',
  'gateway.webAdmin': 'its switch also closes the command line, and tells private from public addresses',
};
const NOT_ON_GXW: ConfigLayout['notVerified'] = {
  'sip.tlsVerify': NO_KEY,
  'sip.optionsIntervalSeconds': 'its template has no such key',
  'sip.sessionTimer': 'its template has no such key',
  'qos.sipDscp': 'its template has the code point of speech alone',
  'line.ringFrequencyHz': 'its template has no such key',
  'line.pulseDialling': 'its template has no such key',
};

const outboundProxy = (scope: 'profile' | 'port'): ConfigLayout['mappings'] => ({
  'sip.outboundProxy': one(scope, PROFILE_KEYS.outboundProxy, oneServer(server), TEMPLATES),
});
const pulse = (scope: 'profile' | 'port'): ConfigLayout['mappings'] => ({
  'line.pulseDialling': one(scope, ['P20521', 'P20522'], yes, TEMPLATES),
});

const profiles = (count: 2 | 4): ConfigProfiles => ({
  count,
  ofPort: one(
    'port',
    PORT_KEYS.profile,
    codeWord(Object.fromEntries(Array.from({ length: count }, (_, at) => [at, at + 1])), ''),
    TEMPLATES,
  ),
  activation: one('profile', PROFILE_KEYS.active, yes, TEMPLATES),
});

const FORMAT = { format: 'grandstream-xml', digitMap: 'grandstream' } as const;

/** HT8xx: two layouts. V2 hardware of two models is in a public template of the account layout; that of others is not. */
export const grandstreamHtConfig: ConfigSlice = {
  layouts: [
    {
      name: 'one account for each port',
      models: ['HT801', 'HT802', 'HT813', 'HT801V2', 'HT802V2'],
      ...FORMAT,
      dialPlan: dialPlanOf('port'),
      mappings: {
        ...profileTable('port', false),
        ...firstProfile('port'),
        ...outboundProxy('port'),
        ...pulse('port'),
        ...portTable(ACCOUNT_KEYS),
        ...gatewayTable(false),
      },
      notVerified,
    },
    {
      name: 'ports on two profiles',
      models: ['HT812', 'HT814', 'HT818'],
      ...FORMAT,
      dialPlan: dialPlanOf('profile'),
      profiles: profiles(2),
      mappings: {
        ...profileTable('profile', false),
        ...firstProfile('profile'),
        ...pulse('profile'),
        ...portTable(PORT_KEYS),
        ...gatewayTable(false),
      },
      notVerified: { ...notVerified, 'sip.outboundProxy': 'templates disagree about its key: P48 or P2312' },
    },
  ],
};

export const grandstreamGxwConfig: ConfigSlice = {
  layouts: [
    {
      name: 'ports on four profiles',
      models: ['GXW4216', 'GXW4224', 'GXW4232', 'GXW4248'],
      ...FORMAT,
      dialPlan: dialPlanOf('profile'),
      profiles: profiles(4),
      mappings: {
        ...profileTable('profile', true),
        ...outboundProxy('profile'),
        ...portTable(PORT_KEYS),
        ...gatewayTable(true),
      },
      notVerified: { ...notVerified, ...NOT_ON_GXW },
    },
  ],
};
