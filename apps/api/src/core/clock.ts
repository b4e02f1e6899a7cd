/** Injection token of the clock: milliseconds since the epoch. */
export const CLOCK = Symbol('clock');
export type Clock = () => number;
