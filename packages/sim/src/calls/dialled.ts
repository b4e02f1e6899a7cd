import { noise } from '../random.ts';

/**
 * Numbers that are set aside for fiction (Ofcom: 01632 960xxx, 07700 900xxx, 020 7946 0xxx; NANPA: 555-01xx), so that no
 * simulated call has anybody's number.
 */
const FAR_ENDS: readonly ((tail: number) => string)[] = [
  (tail) => `01632960${String(tail % 1000).padStart(3, '0')}`,
  (tail) => `07700900${String(tail % 1000).padStart(3, '0')}`,
  (tail) => `0207946${String(tail % 1000).padStart(4, '0')}`,
];
/** A line calls few numbers again and again. */
const CONTACTS = 7;

/** The far end of a call of a line, always one of the same few. */
export function farEndOf(seed: number, position: number, count: number): string {
  const contact = Math.floor(noise(seed, position, count, 71) * CONTACTS);
  const which = noise(seed, position, contact, 73);
  const number = FAR_ENDS[Math.floor(which * FAR_ENDS.length)] ?? FAR_ENDS[0]!;
  return number(Math.floor(noise(seed, position, contact, 79) * 1000));
}
