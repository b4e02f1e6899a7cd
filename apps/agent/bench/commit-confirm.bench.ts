/**
 * Whether a configuration job leaves a gateway well, whatever happens to it: the agent's own code against a simulated
 * Grandstream gateway with its provisioning, one fault or two in each run. Prints what was left behind; ends with 1 where
 * that is anything.
 *
 * Node apps/agent/bench/commit-confirm.bench.ts [runs] [seed]
 */
import type { ConfigChange, GatewayConfigProgress } from '@loopstart/contracts';
import type { FaultKind } from '@loopstart/sim';
import { configBench, type ConfigBench, type Kill } from '../src/testing/config-bench.ts';

const runs = Number(process.argv[2] ?? 500);
let seed = Number(process.argv[3] ?? 1);
const MAC = '000b82000001';
/** Saves of a job after which every fault ends, so that the job can end, too. */
const CALM_AFTER_SAVES = 14;
/** Runs with one gateway; then a new one begins. */
const RUNS_PER_GATEWAY = 25;

/** Mulberry32: the same runs for the same seed. */
function random(below: number): number {
  seed = (seed + 0x6d_2b_79_f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
}
const pick = <T>(of: readonly T[]): T => of[random(of.length)] as T;

const GOOD = { P47: 'sip.example.net', P747: 'sip.example.net', P34: 'secret-2001', P3: 'Lobby' };
const CHANGES: Readonly<
  Record<string, { works: boolean; changes: (former: Record<string, string>) => ConfigChange[] }>
> = {
  'another registrar': {
    works: true,
    changes: ({ P47 }) => {
      const value = P47 === 'sip.example.net' ? 'new.example.net' : 'sip.example.net';
      return ['P47', 'P747'].map((key) => ({ kind: 'set', key, value }));
    },
  },
  'another name': { works: true, changes: ({ P3 }) => [{ kind: 'set', key: 'P3', value: `${P3}x`.slice(-20) }] },
  'a wrong registrar': { works: false, changes: () => [{ kind: 'set', key: 'P47', value: 'sip.exmaple.net' }] },
  'a wrong password': {
    works: false,
    changes: ({ P34 }) => [
      { kind: 'set', key: 'P34', value: 'secret-9999', secret: true, former: P34 ?? '' },
      { kind: 'set', key: 'P3', value: 'Hall' },
    ],
  },
  'a key that is not there': { works: false, changes: () => [{ kind: 'set', key: 'P98765', value: '1' }] },
};

const FAULTS = [
  'none',
  'agent killed, state on disk',
  'agent killed, state lost',
  'agent killed twice',
  'power cut while it fetches',
  'power cut while it parses',
  'power cut while it writes',
  'power cut at a step',
  'registrar lost',
  'broker away',
  'transfer cut',
  'refuses',
  'comes back wrong',
  'forgets its registration',
  'wrong login',
  'wrong NOTIFY login',
  'clock back',
  'clock ahead',
] as const;

const xml = (values: Readonly<Record<string, string>>) =>
  `<gs_provision version="1"><mac>${MAC}</mac><config version="1">${Object.entries(values)
    .map(([key, value]) => `<${key}>${value}</${key}>`)
    .join('')}</config></gs_provision>`;

const openBench = (): Promise<ConfigBench> =>
  configBench({
    gateway: {
      name: 'unit',
      driver: 'grandstream-ht',
      model: 'HT802',
      macAddress: '00:0b:82:00:00:01',
      ports: [{ device: 'unused' }, { device: 'unused' }],
    },
    initial: (files) =>
      xml({ ...GOOD, P237: `${files}/gs`, P4428: '0', P35: '2001', P735: '2002', P734: 'secret-2002' }),
    accounts: [
      { user: '2001', password: 'secret-2001' },
      { user: '2002', password: 'secret-2002' },
    ],
  });

/** What a run left behind; empty: nothing. */
interface Left {
  problems: string[];
  end: GatewayConfigProgress;
  what: string;
}

async function oneRun(bench: ConfigBench): Promise<Left> {
  const unit = bench.gateway.provisioning!;
  const { living } = bench.gateway;
  const before = Object.fromEntries(unit.settings);
  const what = pick(Object.keys(CHANGES));
  const fault = pick(FAULTS);
  const atSave = 1 + random(11);
  const { works, changes } = CHANGES[what]!;
  const made = changes(before);
  const request = await bench.request({ changes: made });
  if (fault === 'wrong login') request.access = { ...request.access!, password: 'not-it' };
  if (fault === 'wrong NOTIFY login') request.access = { ...request.access!, sip: { user: 'admin', password: 'no' } };
  const kills: Kill[] = [];
  if (fault.startsWith('agent killed')) kills.push({ atSave, onDisk: fault !== 'agent killed, state lost' });
  if (fault === 'agent killed twice') kills.push({ atSave: atSave + 1 + random(4), onDisk: random(2) === 0 });
  const cut = unit.callsCut;
  const strike = (kind: FaultKind, more: object = {}, forMs: number | null = null) =>
    living.setFault({ kind, port: null, delayMs: 1, corruption: 'mixed', ...more }, { forMs });
  const begin = () => {
    if (fault.startsWith('power cut while'))
      strike('power-cut', {
        phase: fault.endsWith('fetches') ? 'fetch' : fault.endsWith('parses') ? 'parse' : 'write',
        atByte: random(300),
      });
    if (fault === 'power cut at a step') strike('power-loss', {}, 20_000);
    if (fault === 'registrar lost') strike('registrar-lost', {}, 30_000 + random(900_000));
    if (fault === 'transfer cut') strike('transfer-cut', { atByte: random(300) });
    if (fault === 'refuses') strike('provisioning-refuses');
    if (fault === 'comes back wrong') strike('comes-back-wrong');
    if (fault === 'forgets its registration') strike('forgets-registration');
    if (fault === 'broker away') bench.broker.reachable = false;
    if (fault === 'clock back') bench.setWallClock(-7_200_000);
    if (fault === 'clock ahead') bench.setWallClock(900_000);
  };
  const calm = () => {
    living.clearFaults(() => true);
    bench.broker.reachable = true;
  };
  const end = await bench.run(request, {
    kills,
    onSave: (save) => {
      if (save === Math.min(atSave, 7)) begin();
      if (save === CALM_AFTER_SAVES) calm();
    },
  });
  calm();
  bench.setWallClock(0);
  // The simulated unit remembers its accounts with the next start, not with the end of the fault.
  if (fault === 'forgets its registration') strike('reboot', {}, 20_000);
  await bench.pass(60);
  return {
    problems: await leftBehind(bench, end, { works, before, made, fault, cut }),
    end,
    what: `${what}, ${fault}`,
  };
}

async function leftBehind(
  bench: ConfigBench,
  end: GatewayConfigProgress,
  {
    works,
    before,
    made,
    fault,
    cut,
  }: { works: boolean; before: Record<string, string>; made: ConfigChange[]; fault: string; cut: number },
): Promise<string[]> {
  const problems: string[] = [];
  const unit = bench.gateway.provisioning!;
  const read = await bench.session.exclusively(() => bench.session.readNow()).catch(() => null);
  if (read === null) problems.push('unreachable');
  if (bench.registrations().some((state) => state !== 'registered')) problems.push('not registered');
  const after = Object.fromEntries(unit.settings);
  const wanted =
    end.state === 'confirmed'
      ? { ...before, ...Object.fromEntries(made.flatMap((one) => (one.kind === 'set' ? [[one.key, one.value]] : []))) }
      : before;
  const differs = Object.keys({ ...wanted, ...after }).filter((key) => wanted[key] !== after[key]);
  if (differs.length > 0) problems.push(`${end.state}, but ${differs.join(', ')} are not so`);
  if (end.state === 'confirmed' && !works) problems.push('a wrong change was confirmed');
  if (end.state === 'failed' && end.holds === 'unknown') problems.push('left unproven');
  if (fault !== 'power cut at a step' && !fault.startsWith('power cut') && unit.callsCut !== cut)
    problems.push('a call was cut');
  if (end.verdict === 'works' && end.state === 'confirmed' && !works) problems.push('a wrong verdict');
  if (end.verdict === 'site-offline' || end.verdict === 'sip-server-down') problems.push('a wrong verdict');
  if (end.verdict === 'config' && works && fault === 'registrar lost') problems.push('a wrong verdict');
  return problems;
}

const counts = new Map<string, number>();
const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
const failures: string[] = [];
const startedAt = performance.now();
let bench: ConfigBench | null = null;
for (let run = 0; run < runs; run += 1) {
  if (run % RUNS_PER_GATEWAY === 0) {
    await bench?.close();
    bench = await openBench();
    await bench.pass(10);
  }
  const seedBefore = seed;
  const { problems, end, what } = await oneRun(bench!);
  count(`${end.state}${end.reasonCode === null ? '' : `: ${end.reasonCode}`}`);
  for (const problem of problems) failures.push(`run ${run} (seed ${seedBefore}): ${what}: ${problem}`);
  if (problems.length > 0) {
    // The next runs begin with a gateway that is well.
    await bench!.close();
    bench = await openBench();
    await bench.pass(10);
  }
}
await bench?.close();
const minutes = (performance.now() - startedAt) / 60_000;
process.stdout.write(`${runs} runs in ${minutes.toFixed(1)} minutes\n`);
for (const [name, number] of [...counts].toSorted((a, b) => b[1] - a[1])) process.stdout.write(`  ${number} ${name}\n`);
process.stdout.write(`${failures.length} left behind${failures.length === 0 ? '' : ':'}\n`);
for (const failure of failures) process.stdout.write(`  ${failure}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
