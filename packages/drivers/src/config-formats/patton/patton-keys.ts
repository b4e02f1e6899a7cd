import { type CommandKeyList, type CommandKeys, commandKeys } from '../cli/command-keys.ts';

const BOTH: CommandKeyList = {
  '': [
    'activation reload',
    'administrator *',
    'address-translation incoming-call *',
    'address-translation outgoing-call *',
    'authenticate *',
    'bchan-number-order',
    'bind context',
    'bind interface',
    'bind location-service',
    'caller-id-presentation',
    'clock local *',
    'destination',
    'domain *',
    'encapsulation',
    'force-destination',
    'international-prefix',
    'keep-alive options',
    'lifetime',
    'map call-progress-tone *',
    'medium',
    'message-waiting-indication',
    'method *',
    'operator *',
    'national-prefix',
    'realm *',
    'registrar',
    'remote',
    'subscriber-number',
    'uni-side',
    'uri-scheme',
    'use profile *',
  ],
  'authentication-service': ['username *'],
  interface: ['route call', 'dial after'],
  'interface fxs': ['call-transfer', 'call-waiting'],
  'profile call-progress-tone': ['pause *', 'play *'],
  'profile provisioning': ['location *'],
  'profile ringing-cadence': ['pause *', 'play *'],
  'profile voip': ['codec *', 'fax transmission *'],
  'registration outbound': ['proxy *', 'register'],
  'routing-table': ['route *'],
  'service hunt-group': ['route call *'],
};

/** SmartWare R6 (`cli version 3.20`). */
export const SMARTWARE_COMMAND_KEYS: CommandKeys = commandKeys({
  ...BOTH,
  interface: [...(BOTH['interface'] ?? []), 'ipaddress'],
  'context ip': ['route *'],
});

/** Trinity (`cli version 4.00`): addresses have labels, servers are blocks. */
export const TRINITY_COMMAND_KEYS: CommandKeys = commandKeys({
  ...BOTH,
  interface: [...(BOTH['interface'] ?? []), 'ipaddress *', 'transport-protocol *', 'bind ipaddress'],
  port: ['subscriber-number'],
  'profile fxo': ['caller-id standard', 'electrical-standard'],
  'profile voip': [...(BOTH['profile voip'] ?? []), 'srtp transmission', 'codec response'],
  'web-server': ['protocol *'],
});
