/**
 * Whether plans and the maps that are made of them agree, over many plans and numbers; whether the emergency gate
 * notices each change that breaks an emergency number; and what compiling and the gate cost. It ends with an error
 * where anything disagrees or was missed. The reference in the same run is the neutral evaluator on the same numbers.
 *
 * npm run bench -- dial-plans [--numbers 100000] [--mutants 100]
 */
import { parseArgs } from 'node:util';
import { evaluatePlan } from '@loopstart/domain';
import {
  compileDialPlan,
  DIGIT_MAP_LANGUAGES,
  type DigitMapLanguage,
  emergencyGate,
  evaluateDigitMap,
  type MappedPort,
} from '../src/digit-maps/index.ts';
import { catchMutant } from '../src/testing/catch-mutant.ts';
import { agreement } from '../src/testing/dial-agreement.ts';
import { dialledOf, planOf, randomOf, ruleOf } from '../src/testing/dial-plans.ts';

const { values } = parseArgs({
  options: { numbers: { type: 'string', default: '100000' }, mutants: { type: 'string', default: '100' } },
});
const PORTS = 24;
let failed = false;

/** CPU of `work`, in microseconds a round: the median of five. */
function cpuUs(rounds: number, work: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / rounds;
  });
  return times.toSorted((a, b) => a - b)[2]!;
}

/** Ports of a gateway as a site has them: three services, and two lines with an alarm panel and a lift telephone. */
function gatewayOf(language: DigitMapLanguage): MappedPort[] {
  const strip = language === 'mediatrix' ? '' : '|';
  const plan = {
    outsideLineDigit: '9',
    serverTakesOutsideLineDigit: strip === '',
    rules: [
      ...['112', '999'].flatMap((number) =>
        [number, `9${strip}${number}`].map((text) => ruleOf(text, { class: 'emergency', timer: 'none' })),
      ),
      ruleOf(`9${strip}0203123456`, { class: 'alarm-receiver', timer: 'none' }),
      ruleOf('2000', { class: 'lift-centre', timer: 'none' }),
      ruleOf('2[1-9]xx', { class: 'internal' }),
      ruleOf(`9${strip}07x{9}`, { class: 'mobile' }),
      ruleOf(`9${strip}01x{8}`, { class: 'national' }),
      ruleOf(`9${strip}00x{6,}`, { class: 'international', timer: 'long' }),
    ],
    emergencyNumbers: ['112', '999'].map((number) => ({ number, sendAs: null })),
    interDigitTimeoutMs: 4000,
    shortTimeoutMs: 2000,
    sendKey: '#',
  } as const;
  const services = [{ blocked: [] }, { blocked: ['international'] }, { blocked: ['international', 'mobile'] }] as const;
  const compiled = services.map((service) => compileDialPlan(language, plan, service));
  return Array.from({ length: PORTS }, (_, port) => {
    const result = compiled[port % 3]!;
    if (!result.ok) throw new Error(`${language}: ${result.refusals[0]?.detail}`);
    return {
      plan,
      service: services[port % 3]!,
      alarmReceivers: port === 22 ? [{ dialled: '90203123456', sendAs: null }] : [],
      liftCentres: port === 23 ? [{ dialled: '2000', sendAs: null }] : [],
      map: result.map,
      ruleIds: result.ruleIds,
    };
  });
}

function mutants(language: DigitMapLanguage, wanted: number): string {
  const counts = { refused: 0, map: 0, gate: 0, missed: 0 };
  const ports = Array.from({ length: 12 }, (_, index) => index + 1).flatMap((seed): MappedPort[] => {
    const plan = planOf(seed, { rewrites: language !== 'mediatrix', bars: false });
    const service = { blocked: [] };
    const compiled = compileDialPlan(language, plan, service);
    if (!compiled.ok) return [];
    const { map, ruleIds } = compiled;
    const port = { plan, service, alarmReceivers: [], liftCentres: [], map, ruleIds };
    return emergencyGate([port])[0]!.findings.length > 0 ? [] : [port];
  });
  let broken = 0;
  for (let seed = 1; broken < wanted; seed += 1) {
    const result = catchMutant(language, ports[seed % ports.length]!, seed);
    if (result === 'harmless') continue;
    broken += 1;
    counts[result] += 1;
  }
  failed ||= counts.missed > 0;
  const caught = broken - counts.missed;
  return `${caught} of ${broken} caught (${counts.refused} refused, ${counts.map} by the map alone, ${counts.gate} by the gate)`;
}

for (const language of DIGIT_MAP_LANGUAGES) {
  const { plans, compiled, numbers, sent, failures } = agreement(language, Number(values.numbers), 50);
  failed ||= failures.length > 0;
  console.log(
    `${language}: ${numbers.toLocaleString('en')} numbers (${sent.toLocaleString('en')} sent) on ${compiled} of ${plans} plans, ${failures.length} disagreements`,
  );
  for (const failure of failures.slice(0, 5)) console.log(`  ${failure}`);
  console.log(`  changes that break an emergency number: ${mutants(language, Number(values.mutants))}`);
  const ports = gatewayOf(language);
  const [{ plan, service, map }] = ports as [MappedPort];
  const random = randomOf(1);
  const dialled = Array.from({ length: 200 }, () => dialledOf(plan, random));
  const byMap = cpuUs(20, () => dialled.forEach((keys) => evaluateDigitMap(map, keys))) / dialled.length;
  const byPlan = cpuUs(20, () => dialled.forEach((keys) => evaluatePlan(plan, service, keys))) / dialled.length;
  const gate = cpuUs(200, () => emergencyGate(ports));
  const compile = cpuUs(20, () => compileDialPlan(language, { ...plan }, service));
  console.log(
    `  a number on the map ${byMap.toFixed(1)} µs, on the plan ${byPlan.toFixed(1)} µs (ratio ${(byMap / byPlan).toFixed(1)}); ` +
      `gate of ${PORTS} ports ${(gate / 1000).toFixed(2)} ms; compiling with its proof ${(compile / 1000).toFixed(2)} ms of CPU`,
  );
}
if (failed) process.exitCode = 1;
