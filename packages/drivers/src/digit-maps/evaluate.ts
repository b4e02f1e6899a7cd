import { dial, type Dialling } from '@loopstart/domain';
import { readAudioCodes } from './audiocodes/read.ts';
import { readCiscoIos } from './cisco-ios/read.ts';
import { readCiscoSpa } from './cisco-spa/read.ts';
import { readEltex } from './eltex/read.ts';
import { readGrandstream } from './grandstream/read.ts';
import type { DigitMap } from './map.ts';
import { readMediatrix } from './mediatrix/read.ts';
import { readPatton } from './patton/read.ts';
import type { Program } from './shared/program.ts';
import { type MapError, type ReadMap, readMap } from './shared/reader.ts';
import { readVega } from './vega/read.ts';

function read(map: DigitMap): Program {
  switch (map.language) {
    case 'audiocodes':
      return readAudioCodes(map);
    case 'grandstream':
      return readGrandstream(map);
    case 'cisco-spa':
      return readCiscoSpa(map);
    case 'cisco-ios':
      return readCiscoIos(map);
    case 'patton':
      return readPatton(map);
    case 'mediatrix':
      return readMediatrix(map);
    case 'vega':
      return readVega(map);
    case 'eltex':
      return readEltex(map);
  }
}

/** Maps are plain data; what was read of one is kept as long as the map itself. */
const known = new WeakMap<DigitMap, ReadMap<Program>>();

/** The rules and machines of a map, or where its text is wrong. */
export function programOf(map: DigitMap): ReadMap<Program> {
  const kept = known.get(map);
  if (kept !== undefined) return kept;
  const made = readMap(() => read(map));
  known.set(map, made);
  return made;
}

/** What a gateway does with what is dialled. */
export interface MapDialling extends Dialling {
  /** The reading of the map that this is true of. */
  readonly reading: string;
  /** Row and text of the rule that decided; null where none did. */
  readonly line: number | null;
  readonly text: string | null;
}

export type Evaluated =
  | { readonly ok: true; readonly readings: readonly [MapDialling, ...MapDialling[]] }
  | { readonly ok: false; readonly error: MapError };

/**
 * What the gateway does with `dialled`: as the maker's manual has it first, then under every other reading that nobody
 * has ruled out.
 *
 * @param pauseMs The time between two keys, in milliseconds.
 */
export function evaluateDigitMap(map: DigitMap, dialled: string, pauseMs = 0): Evaluated {
  const program = programOf(map);
  if (!program.ok) return program;
  const { rules, readings } = program.program;
  const results = readings.map(({ name, machine }): MapDialling => {
    const result = dial(machine, dialled, pauseMs);
    const rule = result.rule === null ? undefined : rules[result.rule];
    return { ...result, reading: name, line: rule?.line ?? null, text: rule?.text ?? null };
  });
  return { ok: true, readings: results as [MapDialling, ...MapDialling[]] };
}
