import type { ConfigFormatId } from './format.ts';

/** What a text is by its first statement; `line` is where that shows. */
export type Signature =
  | { readonly id: ConfigFormatId; readonly name: string; readonly line: number }
  | { readonly id: null; readonly reason: string; readonly line: number | null };

export const FORMAT_NAMES: Readonly<Record<ConfigFormatId, string>> = {
  'grandstream-xml': 'Grandstream P-value file',
  'audiocodes-ini': 'AudioCodes ini file',
  'cisco-flat-profile': 'Cisco flat profile',
  'mediatrix-script': 'Mediatrix configuration script',
  'patton-smartware': 'Patton SmartWare configuration (cli version 3)',
  'patton-trinity': 'Patton Trinity configuration (cli version 4)',
  'sangoma-vega': 'Sangoma Vega configuration script',
  'cisco-ios': 'Cisco IOS configuration',
};

/** First words of IOS commands at the left margin of a running configuration. */
const IOS_COMMANDS = new Set(
  (
    'aaa archive banner boot call card class-map clock control-plane controller crypto dial-peer enable end ' +
    'ephone exit gateway hostname interface ip ipv6 license line logging mgcp multilink network-clock no ntp ' +
    'platform policy-map redundancy router sccp scheduler service sip-ua snmp snmp-server spanning-tree ' +
    'stcapp subslot transport username version vlan voice voice-card voice-port vrf'
  ).split(' '),
);

const VEGA_COMMANDS = new Set(['set', 'cp', 'purge', 'get', 'save', 'apply', 'reboot']);

/** Lines before the first statement: empty, or remarks of any of the formats. */
const REMARK = /^\s*(?:$|[;#!])/;

/** IOS writes these before a running configuration, without a mark. */
const IOS_HEADER = /^(?:Building configuration|Current configuration ?:|Using \d+ out of)/;

/** Which format a text is in. A sentence instead where no format fits. */
export function signatureOf(text: string): Signature {
  const first = firstStatement(text);
  if (first === null) return { id: null, reason: 'nothing but remarks and empty lines', line: null };
  const id = first.text.startsWith('<') ? xmlFormat(text) : lineFormat(first.text);
  if (id !== null) return { id, name: FORMAT_NAMES[id], line: first.line };
  const what = first.text.startsWith('<') ? 'XML of another kind' : 'a text that no known gateway writes';
  return { id: null, reason: what, line: first.line };
}

function firstStatement(text: string): { text: string; line: number } | null {
  let line = 0;
  for (let start = 0; start < text.length;) {
    line += 1;
    let end = start;
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
    const content = text.slice(start, end);
    if (!REMARK.test(content.slice(0, 200)) && !IOS_HEADER.test(content)) return { text: content.trim(), line };
    start = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
  return null;
}

function xmlFormat(text: string): ConfigFormatId | null {
  if (text.includes('<gs_provision')) return 'grandstream-xml';
  return text.includes('<flat-profile') ? 'cisco-flat-profile' : null;
}

function lineFormat(statement: string): ConfigFormatId | null {
  const [word = '', second = ''] = statement.split(/\s+/, 2);
  if (word === 'cli' && second === 'version') {
    return /^cli\s+version\s+3\./.test(statement) ? 'patton-smartware' : pattonTrinity(statement);
  }
  if (VEGA_COMMANDS.has(word) && (second.startsWith('.') || !['set', 'cp', 'purge'].includes(word))) {
    return 'sangoma-vega';
  }
  if (/^[A-Z][A-Za-z0-9]*\.[A-Z]/.test(statement)) return 'mediatrix-script';
  if (/^\[[^\]]+\]$/.test(statement) || /^[A-Za-z][A-Za-z0-9_.]*\s*=/.test(statement)) return 'audiocodes-ini';
  return IOS_COMMANDS.has(word) ? 'cisco-ios' : null;
}

function pattonTrinity(statement: string): ConfigFormatId | null {
  return /^cli\s+version\s+4\./.test(statement) ? 'patton-trinity' : null;
}
