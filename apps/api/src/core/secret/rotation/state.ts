import { countSealed } from './sealed-rows.ts';
import { fieldsOf } from './rotate.ts';
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
    for (const [, field] of fieldsOf(owner)) {
      const count = (keyId: string | null) => secrets.keys.work(owner, (sql) => countSealed(sql, field, keyId));
      const all = await count(null);
      const counts = await Promise.all(keys.map(async (key) => ({ key, count: await count(key.id) })));
      const known = counts.reduce((sum, { count }) => sum + count, 0);
      state.values += all;
      state.byNoKey += all - known;
      for (const { key, count } of counts) if (key.formerSince !== null) state.byFormerKeys += count;
    }
  }
  return state;
}
