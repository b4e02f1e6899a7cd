import type { ConfigChange, GatewayConfigProgress } from '@loopstart/contracts';
import type { ConfigBench } from '../../src/testing/config-bench.ts';
import { begin, calm, FAULTS, isOutage, isPowerCut, killsOf, restart, spoilLogin, type FaultName } from './faults.ts';
import { choicesOf } from './random.ts';
import type { BenchUnit } from './units/bench-unit.ts';

/** Saves of a job after which every fault ends, so that the job can end, too. */
const CALM_AFTER_SAVES = 14;
/** Saves until a change is stored and proven, where all goes well. */
const STEPS = 7;
const RESTART_SECONDS = 60;

/** What a run left behind; empty: nothing. */
export interface Left {
  readonly what: string;
  readonly fault: FaultName;
  readonly end: GatewayConfigProgress;
  readonly problems: readonly string[];
  /** It waited for a line in use. */
  readonly waited: boolean;
}

interface Ran {
  readonly unit: BenchUnit;
  readonly end: GatewayConfigProgress;
  readonly made: readonly ConfigChange[];
  readonly works: boolean;
  readonly fault: FaultName;
  readonly before: Readonly<Record<string, string>>;
}

/** Runs one job with one fault, and looks at what is left once all is calm and the gateway has been switched off. */
export async function oneRun(bench: ConfigBench, unit: BenchUnit, seed: number): Promise<Left> {
  const choices = choicesOf(seed);
  const box = bench.gateway.provisioning!;
  const before = Object.fromEntries(box.settings);
  const what = choices.pick(Object.keys(unit.tried));
  const fault = choices.pick(FAULTS);
  const atSave = 1 + choices.below(11);
  const { works, changes } = unit.tried[what]!;
  const made = changes(before);
  const request = await bench.request({
    changes: made,
    acceptsReadBack: unit.acceptsReadBack,
    overrideReason: unit.overrideReason,
    sipServer: bench.sipServer.address,
  });
  spoilLogin(fault, request);
  const registered = registeredOf(bench);
  const cut = box.callsCut;
  const inUse = box.changesInUse;
  const reported = bench.progress.length;
  const end = await bench.run(request, {
    kills: killsOf(fault, atSave, choices),
    onSave: (save) => {
      if (save === Math.min(atSave, STEPS)) begin(bench, fault, choices);
      if (save === CALM_AFTER_SAVES) calm(bench);
    },
  });
  const callsCut = box.callsCut - cut;
  const changesInUse = box.changesInUse - inUse;
  calm(bench);
  bench.setWallClock(0);
  restart(bench);
  await bench.pass(RESTART_SECONDS);
  const ran = { unit, end, made, works, fault, before };
  return {
    what,
    fault,
    end,
    waited: bench.progress.slice(reported).some(({ reasonCode }) => reasonCode === 'busy'),
    problems: [
      ...(await unwell(bench, registered)),
      ...misconfigured(Object.fromEntries(box.settings), ran),
      ...(callsCut > 0 && !isPowerCut(fault) ? [`${callsCut} calls were cut`] : []),
      ...(changesInUse > 0 ? [`it was changed ${changesInUse} times while a line was off hook`] : []),
      ...misjudged(ran),
    ],
  };
}

/** The lines that are registered, as indexes. */
const registeredOf = (bench: ConfigBench): number[] =>
  bench.registrations().flatMap((state, at) => (state === 'registered' ? [at] : []));

async function unwell(bench: ConfigBench, before: readonly number[]): Promise<string[]> {
  const { session } = bench;
  const read = await session.exclusively(() => session.readNow()).catch(() => null);
  const now = registeredOf(bench);
  const lost = before.filter((at) => !now.includes(at));
  return [
    ...(before.length === 0 ? ['no line was registered from the start'] : []),
    ...(read === null ? ['it is unreachable'] : []),
    ...(lost.length > 0 ? [`${lost.length} lines are not registered any more`] : []),
  ];
}

/** It has what was confirmed, or what it had before: also after a restart. */
function misconfigured(after: Readonly<Record<string, string>>, { unit, end, made, before }: Ran): string[] {
  const changed = made.flatMap((one) => (one.kind === 'set' ? [unit.own(one.key, one.value)] : []));
  const wanted = end.state === 'confirmed' ? { ...before, ...Object.fromEntries(changed) } : before;
  const differs = Object.keys({ ...wanted, ...after }).filter((key) => wanted[key] !== after[key]);
  return differs.length === 0 ? [] : [`${end.state}, but ${differs.slice(0, 5).join(', ')} are not so`];
}

function misjudged({ end, works, fault }: Ran): string[] {
  const { state, verdict, holds } = end;
  return [
    ...(state === 'confirmed' && !works ? ['a change that does not work was confirmed'] : []),
    ...(state === 'failed' && holds === 'unknown' ? ['left unproven'] : []),
    ...(verdict === 'site-offline' && fault !== 'WAN cut' ? ['an outage was named that was not'] : []),
    ...(verdict === 'sip-server-down' && !isOutage(fault) ? ['an outage was named that was not'] : []),
    ...(verdict === 'config' && works && isOutage(fault) ? ['a change that works was blamed for an outage'] : []),
  ];
}
