import type { Event } from '@loopstart/contracts';

type Kind = Event['kind'];

export const EVENT_KIND_WORDS: Record<Kind, string> = {
  'cold-start': 'Started after power loss',
  'warm-start': 'Restarted',
  'link-down': 'Link down',
  'link-up': 'Link up',
  'authentication-failure': 'SNMP access refused',
  'alarm-raised': 'Alarm raised',
  'alarm-cleared': 'Alarm cleared',
  'port-fault': 'Port fault',
  'port-fault-cleared': 'Port fault cleared',
  'hook-change': 'Hook change',
  'registration-lost': 'Registration lost',
  'registration-restored': 'Registration restored',
  'temperature-high': 'Temperature high',
  'temperature-normal': 'Temperature normal',
  'power-lost': 'Power lost',
  'power-restored': 'Power restored',
  'fan-failed': 'Fan failed',
  'fan-restored': 'Fan restored',
  'receiver-off-hook': 'Receiver left off hook',
  'config-changed': 'Configuration changed',
  'firmware-changed': 'Firmware changed',
  'quality-poor': 'Poor voice quality',
  'keep-alive': 'Keep-alive',
  'emergency-call': 'Emergency call',
  'gateway-unreachable': 'Gateway unreachable',
  'gateway-reachable': 'Gateway reachable again',
  'wrong-answer': 'Wrong answer',
  other: 'Other',
};

export const EVENT_SOURCE_WORDS: Record<Event['source'], string> = {
  trap: 'SNMP trap',
  inform: 'SNMP inform',
  syslog: 'Syslog',
  poll: 'Reading',
  agent: 'Agent',
};

export const EVENT_SEVERITY_WORDS: Record<Event['severity'], string> = {
  info: 'Notice',
  warning: 'Warning',
  minor: 'Minor',
  major: 'Major',
  critical: 'Critical',
  cleared: 'Cleared',
};
