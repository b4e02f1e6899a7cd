import type { BenchUnit } from './units/bench-unit.ts';
import { GRANDSTREAM } from './units/grandstream.ts';
import { IOS } from './units/ios.ts';
import { MEDIANT } from './units/mediant.ts';
import { VEGA } from './units/vega.ts';

/** A file that is fetched, one that is pushed, lines that are typed: with and without reported registrations. */
export const UNITS: readonly BenchUnit[] = [GRANDSTREAM, IOS, VEGA, MEDIANT];
