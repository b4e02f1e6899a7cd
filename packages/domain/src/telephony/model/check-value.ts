import { fieldOf, type FieldId } from './fields.ts';
import {
  CHARACTER_SETS,
  CODECS,
  type CadenceType,
  type CodecPreference,
  type Codec,
  type Endpoint,
  type EndpointsType,
  type RingPulse,
  type TextType,
  type ValueType,
} from './value-type.ts';

/** Packet times that vendors offer, in milliseconds. */
const PTIMES_MS: readonly number[] = [10, 20, 30, 40, 60];
const PULSE_MS_MAX = 20_000;

/** What is wrong with a value, as "expected …"; null where it is right. Values with `{variables}` are checked once they are filled in. */
export function valueProblem(id: FieldId, value: unknown): string | null {
  return problemOf(fieldOf(id).type, value);
}

function problemOf(type: ValueType, value: unknown): string | null {
  switch (type.kind) {
    case 'text':
      return textProblem(type, value);
    case 'integer':
      if (typeof value === 'number' && Number.isInteger(value) && value >= type.min && value <= type.max) return null;
      return `expected a whole number from ${type.min} to ${type.max}`;
    case 'choice':
      return typeof value === 'string' && type.values.includes(value)
        ? null
        : `expected one of ${type.values.join(', ')}`;
    case 'flag':
      return typeof value === 'boolean' ? null : 'expected true or false';
    case 'list':
      return listProblem(value, type.countMax, (item) => textProblem(type.of, item));
    case 'endpoints':
      return endpointsProblem(type, value);
    case 'codecs':
      return listProblem(value, type.countMax, codecProblem) ?? doubleCodec(value as CodecPreference[]);
    case 'cadence':
      return cadenceProblem(type, value);
  }
}

function textProblem(type: TextType, value: unknown): string | null {
  const { pattern, expected } = CHARACTER_SETS[type.characters];
  const length = type.lengthMin === type.lengthMax ? `${type.lengthMin}` : `${type.lengthMin} to ${type.lengthMax}`;
  if (
    typeof value === 'string' &&
    value.length >= type.lengthMin &&
    value.length <= type.lengthMax &&
    pattern.test(value)
  )
    return null;
  return `expected ${length} characters: ${expected}`;
}

function listProblem(value: unknown, countMax: number, ofItem: (item: unknown) => string | null): string | null {
  if (!Array.isArray(value) || value.length > countMax) return `expected a list of at most ${countMax}`;
  for (const [at, item] of value.entries()) {
    const problem = ofItem(item);
    if (problem !== null) return `${problem} (entry ${at + 1})`;
  }
  return null;
}

function endpointsProblem(type: EndpointsType, value: unknown): string | null {
  return listProblem(value, type.countMax, (item) => {
    const { host, port } = (item ?? {}) as Partial<Endpoint>;
    const hostProblem = textProblem({ kind: 'text', characters: 'host', lengthMin: 1, lengthMax: 128 }, host);
    if (hostProblem !== null) return hostProblem;
    return port === null || problemOf({ kind: 'integer', min: 1, max: 65_535 }, port) === null
      ? null
      : 'expected a port from 1 to 65535, or none';
  });
}

function codecProblem(item: unknown): string | null {
  const { codec, ptimeMs } = (item ?? {}) as Partial<CodecPreference>;
  if (!CODECS.includes(codec as Codec)) return `expected a codec: ${CODECS.join(', ')}`;
  return PTIMES_MS.includes(ptimeMs as number) ? null : `expected a packet time: ${PTIMES_MS.join(', ')} ms`;
}

function doubleCodec(value: readonly CodecPreference[]): string | null {
  const names = value.map(({ codec }) => codec);
  const double = names.find((name, at) => names.indexOf(name) !== at);
  return double === undefined ? null : `expected each codec once, and ${double} is there twice`;
}

function cadenceProblem(type: CadenceType, value: unknown): string | null {
  const problem = listProblem(value, type.countMax, (item) => {
    const { onMs, offMs } = (item ?? {}) as Partial<RingPulse>;
    const isTime = (ms: unknown) => problemOf({ kind: 'integer', min: 50, max: PULSE_MS_MAX }, ms) === null;
    return isTime(onMs) && isTime(offMs) ? null : `expected times on and off from 50 to ${PULSE_MS_MAX} ms`;
  });
  if (problem !== null) return problem;
  return (value as RingPulse[]).length === 0 ? 'expected at least one burst' : null;
}
