import type { PortInfo } from '@loopstart/contracts';
import { planAction, type Codec, type Driver } from '@loopstart/drivers';
import type { Oid, SnmpValue, VarBind } from '@loopstart/snmp';
import type { PortLife } from '../line/port-life.ts';
import type { PortReading } from '../line/reading.ts';

/** The objects by which one port tells how its line test goes and what it found. */
export interface LineTestObjects {
  readonly progress: readonly { oid: Oid; waiting: SnmpValue; done: SnmpValue }[];
  readonly results: readonly { name: string; oid: Oid; codec: Codec<string> | Codec<number> | Codec<boolean> }[];
}

/** Numbers that MIBs use for such states; a driver tells what each of them means to it. */
const CANDIDATES = [...Array.from({ length: 21 }, (_, number) => number), 100, 200, 300, 400, 500, 600, 700, 800];

/** The line test objects of one port; null where the driver has no line test. */
export function lineTestObjects(driver: Driver, model: string, port: PortInfo): LineTestObjects | null {
  const plan = planAction(driver, 'line-test', port, model);
  if ('unsupported' in plan) return null;
  return {
    progress: plan.steps.flatMap((step) => {
      if (!('readUntil' in step)) return [];
      const { oid, done } = step.readUntil;
      const saying = (what: 'done' | 'wait') =>
        CANDIDATES.map((value): SnmpValue => ({ type: 'integer', value })).find((value) => done(value) === what);
      const [finished, waiting] = [saying('done'), saying('wait')];
      return finished === undefined || waiting === undefined ? [] : [{ oid, waiting, done: finished }];
    }),
    results: plan.steps.flatMap((step) =>
      'readResult' in step
        ? Object.entries(step.readResult).map(([name, { oid, decoder }]) => ({ name, oid, codec: decoder }))
        : [],
    ),
  };
}

/** What those objects hold now: progress always, results once a test has ended. */
export function encodeLineTest(objects: LineTestObjects, life: PortLife, reading: PortReading): VarBind[] {
  const ended = life.testEndsAt === Infinity && life.testedAt !== null;
  const progress = objects.progress.map(({ oid, waiting, done }) => ({ oid, value: ended ? done : waiting }));
  if (!ended) return progress;
  const found: Readonly<Record<string, string | number | boolean | null>> = {
    ...reading.measures,
    ...reading.state,
    ringing: reading.state.call === 'ringing' ? 'yes' : 'no',
    polarity: 'normal',
    messageWaiting: 'no',
  };
  const results = objects.results.flatMap(({ name, oid, codec }) => {
    const value = found[name] ?? null;
    const encoded = value === null ? undefined : (codec as Codec<typeof value>).encode(value);
    return encoded === undefined ? [] : [{ oid, value: encoded }];
  });
  return [...progress, ...results];
}
