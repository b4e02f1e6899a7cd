import type { Port } from '@loopstart/contracts';
import type { PortStateField } from '@loopstart/domain';
import { nullWords } from './nulls.ts';
import { stateWord } from './port.ts';

/** A state of a port now: its word, or why there is none. Facts, lanes and tables say it from here. */
export type FieldState = { known: true; word: string } | { known: false; why: string };

export function fieldState(port: Port, field: PortStateField): FieldState {
  const value = port[field];
  return value === null
    ? { known: false, why: nullWords(port.nulls[field]) }
    : { known: true, word: stateWord(field, value) };
}
