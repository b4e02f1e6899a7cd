import { audioCodesLines } from './audiocodes-lines.ts';
import type { CallLines } from './call-lines.ts';
import { ciscoLines } from './cisco-lines.ts';
import { mediatrixLines } from './mediatrix-lines.ts';

/** How the units of a driver report calls by syslog; the others do not, or in no form that is public. */
const MAKERS: Readonly<Partial<Record<string, CallLines>>> = {
  audiocodes: audioCodesLines,
  'cisco-ios': ciscoLines,
  'mediatrix-dgw': mediatrixLines,
};

export const callLinesOf = (driverId: string): CallLines | null => MAKERS[driverId] ?? null;
