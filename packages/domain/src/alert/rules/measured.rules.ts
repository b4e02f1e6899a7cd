import { HOOK_STATES } from '../../line/vocabulary.ts';
import type { ConditionKind } from '../kinds.ts';
import { LINE_TEST_EVIDENCE_MS } from '../../line-test/vocabulary.ts';
import { valueOf } from '../thresholds.ts';
import type { Usual } from '../types.ts';
import type { Add, ReadGateway } from './context.ts';

const ON_HOOK = HOOK_STATES.indexOf('on-hook');

/** Conditions of one port from measurements, counters and line tests. */
export function measuredRules(
  { facts, at, place, context }: Omit<ReadGateway, 'found'>,
  index: number,
  isBad: (kind: ConditionKind) => boolean,
  add: Add,
): void {
  const setting = (kind: ConditionKind) => context.thresholds.at(kind, place);
  const usual = facts.baselines?.[index] ?? null;
  const onHook = facts.hook?.[index] === ON_HOOK;
  const compare = (
    kind: 'line-voltage-abnormal' | 'loop-current-abnormal',
    value: number | null,
    baseline: Usual | null,
    minimum: string,
    words: { what: string; unit: string },
  ) => {
    if (value === null || baseline === null) return;
    const inForce = setting(kind);
    if (baseline.samples < valueOf(inForce, 'samplesMin')) return;
    const away = Math.abs(value - baseline.mean);
    // Half of the distance ends it: what is at the edge does not come and go.
    const share = isBad(kind) ? 0.5 : 1;
    const limit = Math.max(valueOf(inForce, minimum), valueOf(inForce, 'deviations') * baseline.deviation) * share;
    if (away < limit) return;
    const text = `${words.what} is ${value.toFixed(1)} ${words.unit}; usual for this line is ${baseline.mean.toFixed(1)} ${words.unit}.`;
    add(kind, { at, since: at, text, seen: { value, usual: baseline.mean, deviation: baseline.deviation } });
  };
  // Both are measured by line tests, and only of an idle line.
  if (onHook) {
    compare('line-voltage-abnormal', facts.lineVoltageV?.[index] ?? null, usual?.lineVoltageV ?? null, 'minimumV', {
      what: 'The idle line voltage',
      unit: 'V',
    });
    compare('loop-current-abnormal', facts.loopCurrentMa?.[index] ?? null, usual?.loopCurrentMa ?? null, 'minimumMa', {
      what: 'The current of the idle line',
      unit: 'mA',
    });
  }

  const test = facts.lineTests?.[index] ?? null;
  // A test holds for its own time; one that is too old does not count.
  if (test !== null && test.verdict === 'fail' && at - test.at < LINE_TEST_EVIDENCE_MS)
    add('line-test-failed', {
      at: Math.max(at, test.at),
      since: test.at,
      text: test.text,
      seen: { testedAt: test.at },
    });

  const lossPercent = facts.packetLossPercent?.[index] ?? null;
  const jitterMs = facts.jitterMs?.[index] ?? null;
  if (lossPercent !== null || jitterMs !== null) {
    const inForce = setting('call-quality-poor');
    const share = isBad('call-quality-poor') ? valueOf(inForce, 'clearShare') : 1;
    const lossy = lossPercent !== null && lossPercent >= valueOf(inForce, 'lossPercent') * share;
    const jittery = jitterMs !== null && jitterMs >= valueOf(inForce, 'jitterMs') * share;
    if (lossy || jittery) {
      const parts = [
        ...(lossPercent === null ? [] : [`${lossPercent.toFixed(1)} % of the packets are lost`]),
        ...(jitterMs === null ? [] : [`jitter is ${jitterMs.toFixed(0)} ms`]),
      ];
      add('call-quality-poor', {
        at,
        since: at,
        text: `On this line ${parts.join(' and ')}.`,
        seen: { lossPercent, jitterMs },
      });
    }
  }

  const recent = facts.recentCalls?.[index] ?? null;
  if (recent === null || place.lineDeviceClass !== 'fax') return;
  const inForce = setting('fax-failures');
  const wasBad = isBad('fax-failures');
  const limit = valueOf(inForce, wasBad ? 'clearFailedPercent' : 'failedPercent');
  // Once bad, a few calls that still fail keep it so; without any call nobody knows.
  const callsMin = wasBad ? 1 : valueOf(inForce, 'callsMin');
  if (recent.calls < callsMin || recent.failed * 100 < recent.calls * limit) return;
  const text = `${recent.failed} of ${recent.calls} fax calls failed in the last six hours.`;
  add('fax-failures', { at, since: at, text, seen: { calls: recent.calls, failed: recent.failed } });
}
