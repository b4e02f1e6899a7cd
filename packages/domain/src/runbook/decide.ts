import { LIFE_SAFETY } from '../line/life-safety.ts';
import { known, type EvidenceItem, type EvidenceKey, type Symptom } from './evidence.ts';
import { type Argument, HYPOTHESES, lookAt, type NextStep } from './hypotheses.ts';

/** One hypothesis with its arguments for and against. */
export interface Ranked {
  id: string;
  title: string;
  score: number;
  for: Argument[];
  against: Argument[];
  step: NextStep;
}

export interface Conclusion {
  /** Likeliest first; those with more weight against than for are left out. */
  hypotheses: Ranked[];
  next: NextStep;
  /** The line is in use, or that is unknown: no step that interrupts it may be taken now. */
  busy: boolean;
  /** A life or a building depends on the line: an interruption must be announced on site first. */
  lifeSafety: boolean;
  /** Missing evidence that would help. */
  missing: EvidenceKey[];
}

const WAIT: NextStep = {
  text: 'Make sure that nobody uses the line: the next step would interrupt it.',
  who: 'remote',
  disturbs: false,
  proves: 'Nothing yet: a call is worth more than a test.',
};
const LOOK_CLOSER: NextStep = {
  text: 'Nothing speaks for a cause. Ask the person on the line to try now while this page is open, and run it again.',
  who: 'remote',
  disturbs: false,
  proves: 'Whether the trouble shows at the gateway at all.',
};
const FIRST_SEE: NextStep = {
  text: 'The line cannot be read now. Bring agent and gateway back first.',
  who: 'remote',
  disturbs: false,
  proves: 'Whether the line itself has any trouble.',
};

/** Weighs the evidence; what is unknown does not count. Pure: same evidence, same conclusion. */
export function decide(symptom: Symptom, evidence: readonly EvidenceItem[]): Conclusion {
  const look = lookAt(evidence);
  const ranked: Ranked[] = [];
  for (const hypothesis of HYPOTHESES) {
    if (!hypothesis.symptoms.includes(symptom)) continue;
    const weighed = hypothesis.weigh(look).filter((one) => one !== null);
    const score = weighed.reduce((sum, { points }) => sum + points, 0);
    if (score <= 0) continue;
    const { id, title, step } = hypothesis;
    ranked.push({
      id,
      title,
      score,
      for: weighed.filter(({ points }) => points > 0),
      against: weighed.filter(({ points }) => points < 0),
      step,
    });
  }
  ranked.sort((a, b) => b.score - a.score);
  const device = known(evidence, 'lineDeviceClass');
  return {
    hypotheses: ranked,
    next: nextStep(ranked, evidence),
    busy: isBusy(evidence),
    lifeSafety: device !== undefined && LIFE_SAFETY.has(device),
    missing: missing(symptom, evidence),
  };
}

function nextStep(ranked: readonly Ranked[], evidence: readonly EvidenceItem[]): NextStep {
  const first = ranked[0];
  if (first === undefined) return isBlind(evidence) ? FIRST_SEE : LOOK_CLOSER;
  if (!first.step.disturbs) return first.step;
  if (!isBusy(evidence)) return first.step;
  // While the line is in use, a step that does not interrupt it comes first if its hypothesis is nearly as likely.
  const gentle = ranked.find(({ step, score }) => !step.disturbs && score * 2 >= first.score);
  return gentle?.step ?? WAIT;
}

/** Is the line in use? A line not known to be free counts as in use. */
export function isBusy(evidence: readonly EvidenceItem[]): boolean {
  const mayInterrupt = known(evidence, 'mayInterrupt');
  if (mayInterrupt !== undefined) return !mayInterrupt;
  // On hook does not mean idle: the line may ring.
  const call = known(evidence, 'call');
  return call !== 'idle' && call !== 'receiver-off-hook';
}

function isBlind(evidence: readonly EvidenceItem[]): boolean {
  return (['admin', 'oper', 'hook', 'call', 'fault', 'registration'] as const).every(
    (key) => known(evidence, key) === undefined,
  );
}

/** Missing evidence that a hypothesis of the symptom asks for. */
function missing(symptom: Symptom, evidence: readonly EvidenceItem[]): EvidenceKey[] {
  const asked = new Set<EvidenceKey>();
  for (const hypothesis of HYPOTHESES) {
    if (!hypothesis.symptoms.includes(symptom)) continue;
    hypothesis.weigh({
      at(key) {
        if (known(evidence, key) === undefined) asked.add(key);
        return null;
      },
      value: () => undefined,
    });
  }
  // No recent change and no wider trouble are not gaps in the evidence.
  for (const key of ['widerTrouble', 'configChangedHoursAgo', 'firmwareChangedHoursAgo', 'restartedHoursAgo'] as const)
    asked.delete(key);
  return [...asked];
}
