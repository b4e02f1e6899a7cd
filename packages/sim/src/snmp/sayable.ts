import { PORT_STATE_FIELD_NAMES, type PortStateField } from '@loopstart/domain';
import type { Driver, PortWords } from '@loopstart/drivers';

/**
 * The word that a gateway reports where its MIB lacks the right one: the nearest that it has. A Grandstream has no
 * "rejected", it reports "Not Registered".
 */
const INSTEAD: { readonly [F in PortStateField]?: Readonly<Record<string, readonly NonNullable<PortWords[F]>[]>> } = {
  oper: { testing: ['in-service'] },
  call: {
    dialling: ['in-use'],
    'ring-back': ['dialling', 'in-use'],
    ringing: ['in-use'],
    talking: ['in-use'],
    hold: ['talking', 'in-use'],
    'busy-tone': ['in-use'],
    'receiver-off-hook': ['busy-tone', 'in-use'],
  },
  registration: {
    'not-used': ['unregistered'],
    registering: ['unregistered'],
    unreachable: ['rejected', 'unregistered'],
    rejected: ['auth-failed', 'unregistered'],
  },
  fault: {
    'short-circuit': ['over-current', 'hardware-failure', 'none'],
    'ground-fault': ['hardware-failure', 'none'],
    'over-temperature': ['thermal-shutdown', 'hardware-failure', 'none'],
    'hardware-failure': ['none'],
    'no-line-device': ['none'],
  },
};

/** A column of a driver that reports several fields at once: each number of it is one row of words. */
interface Joint {
  readonly fields: readonly PortStateField[];
  readonly rows: readonly Partial<PortWords>[];
}

interface Vocabulary {
  readonly instead: ReadonlyMap<PortStateField, ReadonlyMap<string, string>>;
  readonly joints: readonly Joint[];
}
const vocabularies = new WeakMap<Driver, Vocabulary>();

/** The state in words that gateways of this driver have. A word without any equivalent stays, and is not sent. */
export function sayable(driver: Driver, state: PortWords): PortWords {
  const { instead, joints } = vocabularyOf(driver);
  let reported = state;
  for (const [field, words] of instead) {
    const word = words.get(reported[field] ?? '');
    if (word !== undefined) reported = { ...reported, [field]: word };
  }
  if (reported.admin === 'locked' || reported.oper === 'out-of-service') {
    for (const joint of joints) reported = outOfUse(joint, reported);
  }
  return reported;
}

/** A line that gives no service reports only that: no column has room for its hook and call beside it. */
function outOfUse({ fields, rows }: Joint, state: PortWords): PortWords {
  const fits = (field: PortStateField, row: Partial<PortWords>) =>
    !fields.includes(field) || row[field] === undefined || row[field] === state[field];
  const agrees = (field: PortStateField, row: Partial<PortWords>) => row[field] === state[field];
  const candidates = rows.filter((row) => fits('admin', row) && fits('oper', row));
  const row =
    candidates.find((one) => agrees('admin', one) && agrees('oper', one)) ??
    candidates.find((one) => agrees('admin', one) || agrees('oper', one));
  if (row === undefined) return state;
  return { ...state, ...Object.fromEntries(fields.map((field) => [field, row[field] ?? null])) };
}

function vocabularyOf(driver: Driver): Vocabulary {
  const known = vocabularies.get(driver);
  if (known !== undefined) return known;
  const instead = new Map<PortStateField, ReadonlyMap<string, string>>();
  const joints = new Set<Joint>();
  for (const field of PORT_STATE_FIELD_NAMES) {
    for (const { codec } of driver.ports.state[field] ?? []) if ('joint' in codec) joints.add(codec.joint as Joint);
    const own = wordsOf(driver, field);
    const words = Object.entries<readonly string[]>(INSTEAD[field] ?? {}).flatMap(([word, nearest]) => {
      const found = own === null || own.has(word) ? undefined : nearest.find((candidate) => own.has(candidate));
      return found === undefined ? [] : [[word, found] as const];
    });
    if (words.length > 0) instead.set(field, new Map(words));
  }
  const vocabulary = { instead, joints: [...joints] };
  vocabularies.set(driver, vocabulary);
  return vocabulary;
}

/** The words of a field; null where the driver does not read it, or converts the words in a way of its own. */
function wordsOf(driver: Driver, field: PortStateField): ReadonlySet<string> | null {
  const resolver = driver.ports.resolvers?.find((candidate) => candidate.field === field);
  // A resolver of calls evaluates media and tones itself.
  if (resolver !== undefined)
    return field === 'call' || !resolver.words ? null : new Set<string>(resolver.words.map(String));
  const sources = driver.ports.state[field] ?? [];
  if (sources.length === 0 || sources.some(({ codec }) => codec.words === undefined)) return null;
  return new Set(sources.flatMap(({ codec }) => codec.words ?? []));
}
