import { step } from '../machine.ts';
import { newJob, type ApplyEvent, type ApplyJob, type ApplyPlan } from '../state.ts';
import type { ModelFault, ModelSite } from './model-site.ts';

/** A verdict, and what was true when it was given. */
export interface GivenVerdict {
  verdict: ApplyJob['verdict'];
  siteOffline: boolean;
  serverDown: boolean;
  settingsWork: boolean;
}

export interface JobRun {
  job: ApplyJob;
  steps: number;
  verdicts: GivenVerdict[];
  /** States in the order in which they were entered. */
  states: ApplyJob['state'][];
}

const STEPS_MAX = 5_000;
const EFFECT_MS = 3_000;

/**
 * Drives a job against a model site as an agent does: the state is on disk before what it names is begun. `faults`: what
 * strikes at which step. A killed agent has the state of the disk alone, and does not know whether the effect happened.
 */
export function runJob(plan: ApplyPlan, site: ModelSite, faults: ReadonlyMap<number, ModelFault>): JobRun {
  let disk = JSON.stringify(newJob(site));
  let event: ApplyEvent = { type: 'restarted' };
  const verdicts: GivenVerdict[] = [];
  const states: ApplyJob['state'][] = [];
  const lastFault = Math.max(-1, ...faults.keys());
  for (let at = 0; at < STEPS_MAX; at += 1) {
    const before = JSON.parse(disk) as ApplyJob;
    const { job, effect } = step(plan, before, event, site);
    disk = JSON.stringify(job);
    if (states.at(-1) !== job.state) states.push(job.state);
    if (job.verdict !== before.verdict) {
      const { siteOffline, serverDown, settingsWork } = site;
      verdicts.push({ verdict: job.verdict, siteOffline, serverDown, settingsWork });
    }
    if (effect.do === 'end') return { job, steps: at, verdicts, states };
    if (at > lastFault + 40) site.calm();
    const fault = faults.get(at);
    if (fault === 'agent-killed-before') {
      site.pass(EFFECT_MS * 4);
      event = { type: 'restarted' };
      continue;
    }
    if (fault !== undefined) site.strike(fault);
    event = carryOut(site, effect);
    if (fault === 'agent-killed-after') {
      site.pass(EFFECT_MS * 4);
      event = { type: 'restarted' };
    }
  }
  throw new Error(`The job did not end in ${STEPS_MAX} steps: ${disk}`);
}

function carryOut(site: ModelSite, effect: ReturnType<typeof step>['effect']): ApplyEvent {
  if (effect.do === 'wait') {
    site.pass(effect.ms);
    return { type: 'tick' };
  }
  // Writing follows the reading that permits it at once; everything else takes its time.
  if (effect.do !== 'write' && effect.do !== 'write-back' && !effect.do.startsWith('observe')) site.pass(EFFECT_MS);
  switch (effect.do) {
    case 'observe':
    case 'observe-back':
      return { type: 'observed', observation: site.observe() };
    case 'keep':
      return site.up
        ? { type: 'kept', secretsHidden: site.options.hidesSecrets }
        : { type: 'not-kept', reason: 'unreadable', detail: null, again: true };
    case 'write':
      return site.write(true);
    case 'write-back':
      return site.write(false);
    case 'check':
    case 'check-saved':
    case 'check-back':
      return { type: 'checked', observation: site.observe(), readBack: site.readBack() };
    case 'save':
      return site.save();
    default:
      throw new Error(`unexpected effect ${effect.do}`);
  }
}
