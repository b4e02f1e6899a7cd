import { PORT_STATE_FIELD_NAMES, type PortStateField } from '@loopstart/domain';
import type { Driver, PortWords } from '@loopstart/drivers';

/**
 * What a gateway says instead where its MIB lacks the word: the nearest that it has. A Grandstream knows no
 * "rejected", it says "Not Registered".
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

type Translation = ReadonlyMap<PortStateField, ReadonlyMap<string, string>>;
const translations = new WeakMap<Driver, Translation>();

/** The state in words that gateways of this driver have. A word without any equivalent stays, and is not sent. */
export function sayable(driver: Driver, state: PortWords): PortWords {
  let said: PortWords | null = null;
  for (const [field, words] of translationOf(driver)) {
    const instead = words.get(state[field] ?? '');
    if (instead !== undefined) said = { ...(said ?? state), [field]: instead };
  }
  return said ?? state;
}

function translationOf(driver: Driver): Translation {
  const known = translations.get(driver);
  if (known !== undefined) return known;
  const translation = new Map<PortStateField, ReadonlyMap<string, string>>();
  for (const field of PORT_STATE_FIELD_NAMES) {
    const own = wordsOf(driver, field);
    const instead = new Map<string, string>();
    for (const [word, nearest] of Object.entries<readonly string[]>(INSTEAD[field] ?? {})) {
      const found = own === null || own.has(word) ? undefined : nearest.find((candidate) => own.has(candidate));
      if (found !== undefined) instead.set(word, found);
    }
    if (instead.size > 0) translation.set(field, instead);
  }
  translations.set(driver, translation);
  return translation;
}

/** The words of a field that has a plain column; null where the driver encodes it in a way of its own. */
function wordsOf(driver: Driver, field: PortStateField): ReadonlySet<string> | null {
  const sources = driver.ports.state[field] ?? [];
  if (sources.length === 0 || sources.some(({ codec }) => 'joint' in codec || codec.words === undefined)) return null;
  return new Set(sources.flatMap(({ codec }) => codec.words ?? []));
}
