import type { CallNullReason } from './vocabulary.ts';

/** A line of a gateway, as a call may name it. */
export interface NumberedPort {
  position: number;
  number: string | null;
}

const digits = (number: string): string => number.replaceAll(/[^\d*#]/g, '');

/** The port whose line has this number, where exactly one has. Pure. */
export function portByNumber(
  lineNumber: string | null,
  ports: readonly NumberedPort[],
): { position: number } | { reason: CallNullReason } {
  const wanted = lineNumber === null ? '' : digits(lineNumber);
  if (wanted === '') return { reason: 'not-sent' };
  const found = ports.filter(({ number }) => number !== null && digits(number) === wanted);
  if (found.length > 1) return { reason: 'several-lines' };
  return found[0] === undefined ? { reason: 'no-such-port' } : { position: found[0].position };
}
