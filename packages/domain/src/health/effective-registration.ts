import { REGISTRATION_STATES } from '../line/vocabulary.ts';

type Cells = readonly (number | null)[];

const code = (state: (typeof REGISTRATION_STATES)[number]) => REGISTRATION_STATES.indexOf(state);
const UNREACHABLE = code('unreachable');
const NOT_USED = code('not-used');
/** States that a line without an account shows too. A refusal is not among them: it proves an account. */
const ALSO_WITHOUT_ACCOUNT: ReadonlySet<number | null> = new Set([
  code('unregistered'),
  code('registering'),
  UNREACHABLE,
]);

/** The registrations of a gateway's lines, in the order of its ports. */
export interface EffectiveRegistration {
  /** Codes of REGISTRATION_STATES; null where none was ever reported. */
  cells: Cells | null;
  /** The gateway's own alarm decides for all lines, because its readings have no registration. */
  byAlarm: boolean;
}

/**
 * Registrations by a reading and an alarm together. `read` is what the gateway reported; `everRegistered`, for each
 * port, whether it was seen registered before. A line that never registered is not in use: it has no account, or its
 * setup is unfinished. Where readings have no registration, a standing alarm that the SIP server is lost (`serverLost`)
 * counts for every line.
 */
export function effectiveRegistration(
  read: Cells | null,
  everRegistered: readonly boolean[],
  serverLost: boolean,
): EffectiveRegistration {
  const isTold = read?.some((cell) => cell !== null) ?? false;
  if (!isTold)
    return serverLost && everRegistered.length > 0
      ? { cells: everRegistered.map(() => UNREACHABLE), byAlarm: true }
      : { cells: read, byAlarm: false };
  const cells = read!.map((cell, at) =>
    everRegistered[at] !== true && ALSO_WITHOUT_ACCOUNT.has(cell) ? NOT_USED : cell,
  );
  return { cells, byAlarm: false };
}
