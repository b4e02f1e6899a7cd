import { countOf } from './rotate.ts';
import type { Secrets } from '../secrets.ts';

/** How the secrets of an installation are sealed, as counts. */
export interface SealedState {
  currentMasterKey: string;
  /** Data keys by the master key under which they are wrapped. */
  dataKeys: Record<string, number>;
  values: number;
  /** Sealed with a former data key. */
  byFormerKeys: number;
  /** Sealed with no data key: in the former format, or unreadable. They need the master key of their time. */
  byNoKey: number;
}

/** Counts the keys and values of these owners. */
export async function stateOf(secrets: Secrets, owners: readonly (string | null)[]): Promise<SealedState> {
  const currentMasterKey = await secrets.masters.currentId();
  const state: SealedState = { currentMasterKey, dataKeys: {}, values: 0, byFormerKeys: 0, byNoKey: 0 };
  for (const owner of owners) {
    const keys = await secrets.keys.rows(owner);
    for (const { masterKeyId } of keys) state.dataKeys[masterKeyId] = (state.dataKeys[masterKeyId] ?? 0) + 1;
    const all = await countOf(secrets, owner, null);
    let known = 0;
    for (const key of keys) {
      const count = await countOf(secrets, owner, key.id);
      known += count;
      if (key.formerSince !== null) state.byFormerKeys += count;
    }
    state.values += all;
    state.byNoKey += all - known;
  }
  return state;
}
