import type { RunbookEvidence, RunbookRun } from '@loopstart/contracts';
import type { Symptom } from '@loopstart/domain';
import { NULL_WORDS } from '../../lib/words/nulls.ts';

/** Symptoms as people say them on the telephone. */
export const SYMPTOM_WORDS: Record<Symptom, { label: string; said: string }> = {
  'no-dial-tone': { label: 'No dial tone', said: '“I lift the receiver and hear nothing.”' },
  'one-way-audio': { label: 'One-way audio', said: '“I hear them, they do not hear me”, or the other way round.' },
  'no-ring': { label: 'Does not ring', said: '“Calls come in and the phone stays silent”, or it rings oddly.' },
  'fax-failures': { label: 'Faxes fail', said: '“Faxes break off or do not arrive.”' },
};

const LABELS: Record<string, { label: string; unit?: string }> = {
  admin: { label: 'Allowed to work' },
  oper: { label: 'Service' },
  hook: { label: 'Receiver' },
  call: { label: 'Call' },
  fault: { label: 'Fault' },
  registration: { label: 'SIP registration' },
  mayInterrupt: { label: 'May be interrupted now' },
  lineTestPassed: { label: 'Line test passed' },
  lineTestReason: { label: 'Finding of the line test' },
  lineTestText: { label: 'Line test' },
  lineVoltageV: { label: 'Line voltage', unit: 'V' },
  loopCurrentMa: { label: 'Loop current', unit: 'mA' },
  ringVoltageV: { label: 'Ring voltage', unit: 'V' },
  jitterMs: { label: 'Jitter', unit: 'ms' },
  packetLossPercent: { label: 'Packet loss', unit: '%' },
  failedCallsPercent: { label: 'Failed calls in six hours', unit: '%' },
  callsLastSixHours: { label: 'Calls in six hours' },
  signalling: { label: 'Signalling' },
  impedance: { label: 'Impedance' },
  countryProfile: { label: 'Country profile' },
  siteTimeZone: { label: 'Time zone of the site' },
  codecs: { label: 'Codecs' },
  t38: { label: 'T.38' },
  stateChangesLastDay: { label: 'Changes of state in a day' },
  configChangedHoursAgo: { label: 'Config changed', unit: 'h ago' },
  firmwareChangedHoursAgo: { label: 'Firmware changed', unit: 'h ago' },
  restartedHoursAgo: { label: 'Gateway restarted', unit: 'h ago' },
  neighboursInUse: { label: 'Other lines of the gateway' },
  neighboursWrong: { label: 'Of them not well' },
  widerTrouble: { label: 'Wider alert' },
  lineDeviceClass: { label: 'On the line' },
};

/** What a piece of evidence is called. */
export function evidenceLabel(key: string): string {
  return LABELS[key]?.label ?? key;
}

/** The value of a piece of evidence with its unit; null where nobody knows it. */
export function evidenceValue({ key, value }: Pick<RunbookEvidence, 'key' | 'value'>): string | null {
  if (value === null) return null;
  const unit = LABELS[key]?.unit;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value === 'number') {
    const figure = Number.isInteger(value) ? String(value) : value.toFixed(1);
    return unit === undefined ? figure : `${figure} ${unit}`;
  }
  return value.replaceAll('-', ' ');
}

/** Why it is not known. */
export function evidenceReason({ reason }: Pick<RunbookEvidence, 'reason'>): string {
  return reason === null ? 'not known' : NULL_WORDS[reason];
}

const SOURCES: Record<RunbookEvidence['source'], string> = {
  poll: 'last reading',
  'line-test': 'line test',
  inventory: 'settings of the gateway',
  history: 'history',
  events: 'events',
  neighbours: 'other lines',
  alerts: 'alerts',
  operator: 'entered by you',
};
export function sourceWords(source: RunbookEvidence['source']): string {
  return SOURCES[source];
}

/** Whether the line test was run, in a sentence; null while it runs. */
export function lineTestWords({ state, reason }: RunbookRun['lineTest']): string | null {
  switch (state) {
    case 'running':
      return null;
    case 'done':
      return 'The line test was run.';
    case 'failed':
      return `The line test gave no result: ${reason ?? 'no reason was given.'}`;
    case 'not-run':
      return `No line test: ${reason ?? 'no reason was given.'}`;
  }
}

/** The run as plain text, for a ticket. */
export function ticketText(run: RunbookRun): string {
  const lines = [
    `${SYMPTOM_WORDS[run.symptom].label}: ${run.gatewayName}, port ${run.position}`,
    `Looked into ${run.startedAt} by ${run.startedBy}`,
    '',
    ...(run.next === null
      ? []
      : [
          `Next: ${run.next.text} (${run.next.who === 'remote' ? 'remotely' : 'on site'})`,
          `It shows: ${run.next.proves}`,
          '',
        ]),
    ...run.hypotheses.map(({ title, for: reasons, against }, index) =>
      [
        `${index + 1}. ${title}`,
        ...reasons.map(({ text }) => `   + ${text}`),
        ...against.map(({ text }) => `   - ${text}`),
      ].join('\n'),
    ),
    '',
    ...run.evidence.map(
      (item) => `${evidenceLabel(item.key)}: ${evidenceValue(item) ?? `unknown (${evidenceReason(item)})`}`,
    ),
  ];
  return lines.join('\n').trim();
}
