const DAY_MS = 86_400_000;
/** How long an operator that is to be deleted stays, and its deletion can be withdrawn. */
export const DELETION_WAIT_DAYS = 14;

/** The deletion of an operator as it is stored; null: nobody requested it. */
export interface Deletion {
  requestedAt: number;
  dueAt: number;
  /** When its rows began to go; null: they have not. */
  beganAt: number | null;
}

/** `waiting`: nothing is gone, and it can be withdrawn. `due`: its rows go now. `removing`: some are gone. */
export type DeletionState = 'none' | 'waiting' | 'due' | 'removing';

export function deletionState(deletion: Deletion | null, now: number): DeletionState {
  if (deletion === null) return 'none';
  if (deletion.beganAt !== null) return 'removing';
  return now < deletion.dueAt ? 'waiting' : 'due';
}

export const deletionDue = (requestedAt: number): number => requestedAt + DELETION_WAIT_DAYS * DAY_MS;

/** Whether a request can be withdrawn: as long as nothing is gone, also after the time has come. */
export const canWithdraw = (state: DeletionState): boolean => state === 'waiting' || state === 'due';
