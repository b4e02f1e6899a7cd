import type { Agent, GatewaySummary } from '@loopstart/contracts';
import type { CapabilityField, PowerSource } from '@loopstart/domain';

export const AGENT_STATE_WORDS: Record<Agent['state'], string> = {
  online: 'Online',
  silent: 'Silent',
  'never-connected': 'Never connected',
  revoked: 'Revoked',
};

export const REACHABILITY_WORDS: Record<GatewaySummary['reachability'], string> = {
  reachable: 'Answers',
  unreachable: 'Does not answer',
  unknown: 'Unknown',
};

export const EVIDENCE_WORDS: Record<GatewaySummary['evidence'], { label: string; meaning: string }> = {
  recording: { label: 'Proven by recordings', meaning: 'Readings are checked against recordings of real gateways.' },
  'mib-only': {
    label: 'From the MIB only',
    meaning: 'Written from the maker’s MIB; no recording of a real gateway has proven it yet.',
  },
  generic: { label: 'Standard objects only', meaning: 'Reads what any gateway tells through standard MIBs.' },
};

export const POWER_WORDS: Record<PowerSource, string> = {
  mains: 'Mains',
  battery: 'Battery',
  poe: 'Power over Ethernet',
  redundant: 'Redundant supplies',
  dc: 'DC supply',
};

export const CAPABILITY_WORDS: Record<CapabilityField, string> = {
  admin: 'Lock state',
  oper: 'Service state',
  hook: 'Hook state',
  call: 'Call state',
  registration: 'SIP registration',
  fault: 'Fault reason',
  lineVoltageV: 'Line voltage',
  loopCurrentMa: 'Loop current',
  ringVoltageV: 'Ring voltage',
  jitterMs: 'Jitter',
  packetLossPercent: 'Packet loss',
  callsIn: 'Calls in',
  callsOut: 'Calls out',
  callsFailed: 'Calls failed',
  uptimeS: 'Up time',
  temperatureC: 'Temperature',
  cpuPercent: 'CPU',
  memoryPercent: 'Memory',
  activeCalls: 'Active calls',
};

export const CAPABILITY_STATE_WORDS: Record<string, { label: string; meaning: string }> = {
  measured: { label: 'Read', meaning: 'This unit tells it.' },
  unproven: { label: 'Did not answer', meaning: 'The MIB has it, but this unit did not answer it.' },
  'not-supported': { label: 'Not supported', meaning: 'This model has no way to tell it.' },
};
