import type { RunbookEvidence, RunbookRun } from '@loopstart/contracts';
import type { Symptom } from '@loopstart/domain';
import { NULL_WORDS } from '../../lib/words/nulls.ts';
import { t } from '../../messages/runbooks.ts';

/** Symptoms as people say them on the telephone. */
export const SYMPTOM_WORDS: Record<Symptom, { label: string; said: string }> = {
  'no-dial-tone': { label: t('noDialTone'), said: t('iLiftReceiverHear') },
  'one-way-audio': { label: t('oneWayAudio'), said: t('iHearThemThey') },
  'no-ring': { label: t('doesNotRing'), said: t('callsComePhoneStays') },
  'fax-failures': { label: t('faxesFail'), said: t('faxesBreakOffNot') },
};

const LABELS: Record<string, { label: string; unit?: string }> = {
  admin: { label: t('adminState') },
  oper: { label: t('operatingState') },
  hook: { label: t('receiver') },
  call: { label: t('call') },
  fault: { label: t('fault') },
  registration: { label: t('sipRegistration') },
  mayInterrupt: { label: t('mayInterruptedNow') },
  lineTestPassed: { label: t('lineTestPassed') },
  lineTestReason: { label: t('findingLineTest') },
  lineTestText: { label: t('lineTest') },
  lineVoltageV: { label: t('lineVoltage'), unit: 'V' },
  loopCurrentMa: { label: t('loopCurrent'), unit: 'mA' },
  ringVoltageV: { label: t('ringVoltage'), unit: 'V' },
  jitterMs: { label: t('jitter'), unit: 'ms' },
  packetLossPercent: { label: t('packetLoss'), unit: '%' },
  failedCallsPercent: { label: t('failedCallsSixHours'), unit: '%' },
  callsLastSixHours: { label: t('callsSixHours') },
  signalling: { label: t('signalling') },
  impedance: { label: t('impedance') },
  countryProfile: { label: t('countryProfile') },
  siteTimeZone: { label: t('timeZoneSite') },
  codecs: { label: t('codecs') },
  t38: { label: t('t38') },
  stateChangesLastDay: { label: t('stateChangesDay') },
  configChangedHoursAgo: { label: t('configurationChanged'), unit: t('hAgo') },
  firmwareChangedHoursAgo: { label: t('firmwareChanged'), unit: t('hAgo') },
  restartedHoursAgo: { label: t('gatewayRestarted'), unit: t('hAgo') },
  neighboursInUse: { label: t('otherLinesGateway') },
  neighboursWrong: { label: t('ofTheseWithProblems') },
  widerTrouble: { label: t('widerAlert') },
  lineDeviceClass: { label: t('lineDevice') },
};

/** What a piece of evidence is called. */
export function evidenceLabel(key: string): string {
  return LABELS[key]?.label ?? key;
}

/** The value of a piece of evidence with its unit; null where nobody knows it. */
export function evidenceValue({ key, value }: Pick<RunbookEvidence, 'key' | 'value'>): string | null {
  if (value === null) return null;
  const unit = LABELS[key]?.unit;
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (Array.isArray(value)) return value.length === 0 ? t('none') : value.join(', ');
  if (typeof value === 'number') {
    const figure = Number.isInteger(value) ? String(value) : value.toFixed(1);
    return unit === undefined ? figure : `${figure} ${unit}`;
  }
  return value.replaceAll('-', ' ');
}

/** Why it is not known. */
export function evidenceReason({ reason }: Pick<RunbookEvidence, 'reason'>): string {
  return reason === null ? t('unknown') : NULL_WORDS[reason];
}

const SOURCES: Record<RunbookEvidence['source'], string> = t.group('sources');
export function sourceWords(source: RunbookEvidence['source']): string {
  return SOURCES[source];
}

/** Whether the line test was run, in a sentence; null while it runs. */
export function lineTestWords({ state, reason }: RunbookRun['lineTest']): string | null {
  switch (state) {
    case 'running':
      return null;
    case 'done':
      return t('lineTestRun');
    case 'failed':
      return t('lineTestGaveNo', { reason: reason ?? t('noReason') });
    case 'not-run':
      return t('noLineTest', { reason: reason ?? t('noReason') });
  }
}

/** The run as plain text, for a ticket. */
export function ticketText(run: RunbookRun): string {
  const lines = [
    t('about', { label: SYMPTOM_WORDS[run.symptom].label, gatewayName: run.gatewayName, position: run.position }),
    t('diagnosedBy', { startedAt: run.startedAt, startedBy: run.startedBy }),
    '',
    ...(run.next === null
      ? []
      : [
          t('next', { text: run.next.text, whoIs: run.next.who === 'remote' ? 'yes' : 'no' }),
          t('whatItShows', { proves: run.next.proves }),
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
      (item) =>
        `${evidenceLabel(item.key)}: ${evidenceValue(item) ?? t('unknownBecause', { reason: evidenceReason(item) })}`,
    ),
  ];
  return lines.join('\n').trim();
}
