import type { LineDeviceClass } from '../line/vocabulary.ts';
import type { Severity } from '../health/severity.ts';

/** What a condition can be about, nearest to the operator first. */
export const SUBJECT_TYPES = ['operator', 'site', 'agent', 'gateway', 'port', 'shared'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

/** Every kind of thing that can be wrong. A kind is part of the key of its alerts: never rename one. */
export const CONDITION_KINDS = [
  'monitoring-interrupted',
  'agents-lost-together',
  'site-wan-down',
  'agent-silent',
  'agent-stopped',
  'clock-wrong',
  'backlog-growing',
  'certificate-expiring',
  'data-lost',
  'site-power-lost',
  'lan-segment-down',
  'gateway-unreachable',
  'gateway-not-readable',
  'gateway-rebooted',
  'over-temperature',
  'power-lost',
  'fan-failed',
  'lines-failed-together',
  'registrar-lost',
  'registrar-lost-together',
  'firmware-suspect',
  'port-out-of-service',
  'port-unregistered',
  'port-locked',
  'receiver-off-hook',
  'ring-failure',
  'no-dial-tone',
  'line-voltage-abnormal',
  'loop-current-abnormal',
  'line-test-failed',
  'call-quality-poor',
  'fax-failures',
] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

/** A number an operator may set for a kind. Units are part of the name. */
export interface ParameterSpec {
  label: string;
  unit: string;
  default: number;
  min: number;
  max: number;
}

export interface ConditionSpec {
  kind: ConditionKind;
  subject: SubjectType;
  /** Short name, as in a table. */
  title: string;
  /** What it means for the people on the line, in one sentence. */
  means: string;
  /** What to do first, in one sentence. */
  firstStep: string;
  /** Severity before the line device class has its say. */
  severity: Exclude<Severity, 'ok' | 'unknown'>;
  /** `raiseAfterS`, `clearAfterS` and what else the rule compares with. */
  parameters: Readonly<Record<string, ParameterSpec>>;
}

const seconds = (label: string, value: number, max = 86_400): ParameterSpec => ({
  label,
  unit: 's',
  default: value,
  min: 0,
  max,
});
const number = (label: string, unit: string, value: number, min: number, max: number): ParameterSpec => ({
  label,
  unit,
  default: value,
  min,
  max,
});
const durations = (raiseAfterS: number, clearAfterS: number) => ({
  raiseAfterS: seconds('Bad for so long before it is an alert', raiseAfterS, 604_800),
  clearAfterS: seconds('Good for so long before it is resolved', clearAfterS, 86_400),
});

const SPECS: readonly ConditionSpec[] = [
  {
    kind: 'monitoring-interrupted',
    subject: 'operator',
    title: 'Monitoring interrupted',
    means: 'For a while nobody watched the fleet: what went wrong and right again meanwhile was not told.',
    firstStep: 'Read the events of that time, and ask whoever runs Loopstart why it stood still.',
    severity: 'major',
    parameters: {
      ...durations(0, 0),
      afterS: seconds('When nobody watched for at least', 180, 86_400),
      rememberS: seconds('An alert for so long after it', 600),
    },
  },
  {
    kind: 'agents-lost-together',
    subject: 'operator',
    title: 'Many agents lost at once',
    means: 'So many agents fell silent within a minute that the way to Loopstart is the likely cause, not the sites.',
    firstStep: 'Check the internet access and the broker of Loopstart before calling any site.',
    severity: 'major',
    parameters: {
      ...durations(300, 30),
      agentsMin: number('At least so many agents', 'agents', 5, 2, 10_000),
      sharePercent: number('At least this share of the agents', '%', 30, 5, 100),
      withinS: seconds('Lost within', 60, 600),
    },
  },
  {
    kind: 'site-wan-down',
    subject: 'site',
    title: 'Site cut off',
    means: 'Nothing at the site can be reached from outside; calls through its internet access fail too.',
    firstStep: 'Call the site from a mobile network and ask whether its internet access works; then its provider.',
    severity: 'critical',
    parameters: { ...durations(0, 15) },
  },
  {
    kind: 'agent-silent',
    subject: 'agent',
    title: 'Agent silent',
    means: 'The agent of the site is not heard from; the state of its lines is unknown, calls may work.',
    firstStep: 'Ask the site whether its internet access and the machine of the agent are on.',
    severity: 'major',
    parameters: { ...durations(0, 15), leaseS: seconds('Nothing heard for', 75, 3600) },
  },
  {
    kind: 'agent-stopped',
    subject: 'agent',
    title: 'Agent stopped on purpose',
    means: 'Somebody stopped the agent in good order and did not start it again; its lines are not watched.',
    firstStep: 'Start the service loopstart-agent on the machine, or find out who stopped it and why.',
    severity: 'minor',
    parameters: { ...durations(900, 15) },
  },
  {
    kind: 'clock-wrong',
    subject: 'agent',
    title: 'Clock of the agent is wrong',
    means: 'Times that this agent reports cannot be trusted; events may seem late or early.',
    firstStep: 'Switch time synchronisation on (timedatectl set-ntp true) on the machine of the agent.',
    severity: 'minor',
    parameters: {
      ...durations(120, 120),
      skewS: number('Off by at least', 's', 30, 1, 86_400),
      clearSkewS: number('Right again below', 's', 10, 0, 86_400),
    },
  },
  {
    kind: 'backlog-growing',
    subject: 'agent',
    title: 'Backlog of the agent grows',
    means: 'The agent collects faster than it can deliver; what is shown lags behind.',
    firstStep: 'Look at the uplink of the site; if it is fast enough, at the load of the Loopstart database.',
    severity: 'minor',
    parameters: {
      ...durations(120, 60),
      oldestS: number('Oldest undelivered message at least', 's', 300, 30, 86_400),
      clearOldestS: number('Fine again below', 's', 60, 0, 86_400),
    },
  },
  {
    kind: 'certificate-expiring',
    subject: 'agent',
    title: 'Certificate of the agent runs out',
    means: 'The agent has not renewed its certificate; when it has run out the agent is refused.',
    firstStep: 'Look at the log of the agent for renewals that fail; enrol it again before the date.',
    severity: 'minor',
    parameters: {
      ...durations(0, 0),
      daysLeft: number('Warn with so many days left', 'days', 2, 0.1, 90),
      criticalDaysLeft: number('Major with so many days left', 'days', 0.5, 0, 90),
    },
  },
  {
    kind: 'data-lost',
    subject: 'agent',
    title: 'Agent had to drop messages',
    means: 'The disk of the agent could not hold everything while the uplink was down; the history has a gap.',
    firstStep: 'Give the agent more disk, or find out why the uplink was down for so long.',
    severity: 'minor',
    parameters: { ...durations(0, 0), rememberS: seconds('An alert for so long after it', 3600) },
  },
  {
    kind: 'site-power-lost',
    subject: 'site',
    title: 'Site without mains power',
    means: 'Several gateways of the site lost mains power or restarted together.',
    firstStep: 'Ask the site about its power; lines on battery fail when it is empty.',
    severity: 'critical',
    parameters: { ...durations(0, 60), withinS: seconds('Within', 60, 600) },
  },
  {
    kind: 'lan-segment-down',
    subject: 'agent',
    title: 'Part of the local network is down',
    means: 'The agent answers but several gateways left together: the switch or the segment between them is the cause.',
    firstStep: 'Check the switch that the gateways share.',
    severity: 'critical',
    parameters: {
      ...durations(0, 15),
      gatewaysMin: number('All gateways of the agent, and at least so many', 'gateways', 2, 2, 1000),
      togetherMin: number('Or at least so many that left together', 'gateways', 3, 2, 1000),
      withinS: seconds('Together is within', 30, 600),
    },
  },
  {
    kind: 'gateway-unreachable',
    subject: 'gateway',
    title: 'Gateway unreachable',
    means: 'The gateway does not answer the agent; its lines are probably dead.',
    firstStep: 'Check its power and network cable; then restart it.',
    severity: 'major',
    parameters: { ...durations(0, 15) },
  },
  {
    kind: 'gateway-not-readable',
    subject: 'gateway',
    title: 'Gateway answers, but not to SNMP',
    means: 'The gateway is up but refuses the reading; its lines may work and nobody would see it if not.',
    firstStep: 'Check the SNMP community or user and the access list of the gateway.',
    severity: 'minor',
    parameters: { ...durations(120, 30) },
  },
  {
    kind: 'gateway-rebooted',
    subject: 'gateway',
    title: 'Gateway restarted',
    means: 'The gateway restarted without being asked; calls that were up were cut.',
    firstStep: 'Look for a power cut or a crash in the events; repeated restarts need a replacement.',
    severity: 'minor',
    parameters: { ...durations(0, 0), rememberS: seconds('An alert for so long after it', 600) },
  },
  {
    kind: 'over-temperature',
    subject: 'gateway',
    title: 'Gateway too hot',
    means: 'The gateway is hotter than it may be; it will switch lines off or fail.',
    firstStep: 'Check the fan and the room; free the vents.',
    severity: 'major',
    parameters: {
      ...durations(30, 120),
      temperatureC: number('At least', '°C', 65, 30, 110),
      clearTemperatureC: number('Fine again below', '°C', 60, 20, 105),
    },
  },
  {
    kind: 'power-lost',
    subject: 'gateway',
    title: 'Gateway on battery or one supply failed',
    means: 'The gateway lost mains or one of its supplies; when the rest fails the lines are dead.',
    firstStep: 'Check mains, the UPS and the power supply of the gateway.',
    severity: 'major',
    parameters: { ...durations(10, 60) },
  },
  {
    kind: 'fan-failed',
    subject: 'gateway',
    title: 'Fan failed',
    means: 'A fan of the gateway stands still; it will get too hot.',
    firstStep: 'Replace the fan or the gateway.',
    severity: 'minor',
    parameters: { ...durations(30, 60) },
  },
  {
    kind: 'lines-failed-together',
    subject: 'gateway',
    title: 'Most lines of a gateway failed',
    means: 'Most lines of the gateway went out of service together: a card, a cable bundle or its supply is the cause.',
    firstStep: 'Check the cable to the distribution frame and the line card; restart the gateway if it allows.',
    severity: 'critical',
    parameters: {
      ...durations(0, 15),
      portsMin: number('At least so many ports', 'ports', 3, 2, 1000),
      sharePercent: number('At least this share of the ports in use', '%', 60, 10, 100),
    },
  },
  {
    kind: 'registrar-lost',
    subject: 'gateway',
    title: 'SIP server lost',
    means: 'Most lines of the gateway lost their registration at once: no calls in or out.',
    firstStep: 'Check the SIP server and the way to it; then the account of the gateway.',
    severity: 'critical',
    parameters: {
      ...durations(5, 15),
      portsMin: number('At least so many ports', 'ports', 2, 2, 1000),
      sharePercent: number('At least this share of the registering ports', '%', 60, 10, 100),
    },
  },
  {
    kind: 'registrar-lost-together',
    subject: 'shared',
    title: 'SIP server lost for several gateways',
    means: 'Several gateways lost their registration at once: the SIP server or the way to it is the cause.',
    firstStep: 'Check the SIP server; nothing at the sites needs a visit.',
    severity: 'critical',
    parameters: {
      ...durations(0, 15),
      gatewaysMin: number('At least so many gateways', 'gateways', 3, 2, 1000),
      sharePercent: number('Of several customers also at least this share of all', '%', 1, 0, 100),
      withinS: seconds('Within', 120, 3600),
    },
  },
  {
    kind: 'firmware-suspect',
    subject: 'shared',
    title: 'Several gateways of one firmware failed together',
    means: 'Gateways of one model and firmware at different sites failed at about the same time.',
    firstStep: 'Stop any rollout of that firmware and ask the maker.',
    severity: 'critical',
    parameters: {
      ...durations(0, 300),
      gatewaysMin: number('At least so many gateways', 'gateways', 3, 2, 1000),
      sharePercent: number('And at least this share of those with the firmware', '%', 1, 0, 100),
      withinS: seconds('Within', 300, 3600),
    },
  },
  {
    kind: 'port-out-of-service',
    subject: 'port',
    title: 'Line out of service',
    means: 'The line is dead: whoever lifts the receiver hears nothing and cannot be called.',
    firstStep: 'Check the cable and the device on the line; run a line test if the gateway has one.',
    severity: 'major',
    parameters: { ...durations(0, 5) },
  },
  {
    kind: 'port-unregistered',
    subject: 'port',
    title: 'Line not registered',
    means: 'The line has no SIP registration: it cannot be called and mostly cannot call.',
    firstStep: 'Check the account of the line at the SIP server.',
    severity: 'major',
    parameters: { ...durations(60, 15) },
  },
  {
    kind: 'port-locked',
    subject: 'port',
    title: 'Line locked',
    means: 'The line was taken out of service by hand and was not given back.',
    firstStep: 'Unlock it, or write down why it stays locked.',
    severity: 'minor',
    parameters: { ...durations(3600, 0) },
  },
  {
    kind: 'receiver-off-hook',
    subject: 'port',
    title: 'Receiver off the hook',
    means: 'The line is seized without a call: nobody can call it.',
    firstStep: 'Ask the site to put the receiver down; a panel or lift that holds the line needs a technician.',
    severity: 'minor',
    parameters: { ...durations(1800, 15) },
  },
  {
    kind: 'ring-failure',
    subject: 'port',
    title: 'Line cannot ring',
    means: 'The gateway cannot ring the device: calls come in unheard.',
    firstStep: 'Check the load on the line (too many ringers) and the ring voltage.',
    severity: 'major',
    parameters: { ...durations(0, 15) },
  },
  {
    kind: 'no-dial-tone',
    subject: 'port',
    title: 'No exchange line or dial tone',
    means: 'The exchange line behind the port is gone.',
    firstStep: 'Check the cable to the exchange line; then its provider.',
    severity: 'major',
    parameters: { ...durations(10, 15) },
  },
  {
    kind: 'line-voltage-abnormal',
    subject: 'port',
    title: 'Line voltage unusual',
    means: 'The idle voltage of the line left what is usual for it: a bad contact, moisture or a failing card.',
    firstStep: 'Run a line test and compare with the last ones.',
    severity: 'minor',
    parameters: {
      ...durations(300, 300),
      deviations: number('Standard deviations from the usual value', 'σ', 6, 2, 50),
      minimumV: number('And at least', 'V', 6, 0.5, 60),
      samplesMin: number('Known from at least so many readings', 'readings', 12, 3, 10_000),
    },
  },
  {
    kind: 'loop-current-abnormal',
    subject: 'port',
    title: 'Loop current unusual',
    means: 'The current of the line left what is usual for it: a bad contact, another device or a failing card.',
    firstStep: 'Run a line test and compare with the last ones.',
    severity: 'minor',
    parameters: {
      ...durations(300, 300),
      deviations: number('Standard deviations from the usual value', 'σ', 6, 2, 50),
      minimumMa: number('And at least', 'mA', 4, 0.5, 60),
      samplesMin: number('Known from at least so many readings', 'readings', 12, 3, 10_000),
    },
  },
  {
    kind: 'line-test-failed',
    subject: 'port',
    title: 'Line test failed',
    means: 'The last line test found a fault on the line.',
    firstStep: 'Read the measured values; they tell a short from an open line.',
    severity: 'major',
    parameters: { ...durations(0, 0) },
  },
  {
    kind: 'call-quality-poor',
    subject: 'port',
    title: 'Call quality poor',
    means: 'People on this line hear gaps or robot voices.',
    firstStep: 'Check the uplink of the site and its queueing; compare with the other lines.',
    severity: 'minor',
    parameters: {
      ...durations(120, 300),
      lossPercent: number('Packet loss at least', '%', 3, 0.1, 100),
      jitterMs: number('Or jitter at least', 'ms', 40, 1, 1000),
      clearShare: number('Fine again below this share of it', '', 0.7, 0.1, 1),
    },
  },
  {
    kind: 'fax-failures',
    subject: 'port',
    title: 'Faxes fail',
    means: 'More calls of this fax line fail than is usual; faxes do not arrive.',
    firstStep: 'Check T.38 and the codec of the line; send a test fax.',
    severity: 'minor',
    parameters: {
      ...durations(0, 1800),
      failedPercent: number('Failed calls at least', '%', 30, 1, 100),
      callsMin: number('Of at least so many calls in six hours', 'calls', 5, 1, 1000),
      clearFailedPercent: number('Fine again below', '%', 15, 0, 100),
    },
  },
];

export const CONDITIONS: Readonly<Record<ConditionKind, ConditionSpec>> = Object.fromEntries(
  SPECS.map((spec) => [spec.kind, spec]),
) as Record<ConditionKind, ConditionSpec>;

/**
 * How long a receiver may be off the hook before it is worth a word, by what is on the line: a lift phone or an alarm
 * panel that holds its line cannot call for help. Seconds; takes the place of the default of `receiver-off-hook`.
 */
export const OFF_HOOK_RAISE_AFTER_S: Readonly<Partial<Record<LineDeviceClass, number>>> = {
  'alarm-panel': 300,
  'lift-phone': 300,
  'card-terminal': 900,
  'door-entry': 600,
  fax: 3600,
  paging: 3600,
  modem: 14_400,
};
