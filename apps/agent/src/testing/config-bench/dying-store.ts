import type { JobStore, StoredJob } from '../../configuration/job-store.ts';

/** Where the agent of a bench is killed: at this save of a job's state, with that state on disk or not. */
export interface Kill {
  atSave: number;
  onDisk: boolean;
}

/**
 * A store that ends its agent at one save: whoever waits for it waits for ever, and `onKill` is called. `onSave` is
 * called with the number of each save and the phase that it brings to disk.
 */
export function dyingStore(
  real: JobStore,
  kill: Kill | undefined,
  count: { saves: number },
  { onSave, onKill }: { onSave: (save: number, phase: string) => void; onKill: () => void },
): JobStore {
  const save = async (job: StoredJob) => {
    count.saves += 1;
    const dies = kill !== undefined && count.saves === kill.atSave;
    if (!dies || kill.onDisk) await real.save(job);
    onSave(count.saves, job.job.phase);
    if (!dies) return;
    onKill();
    await new Promise(() => undefined);
  };
  return new Proxy(real, {
    get: (target, name) => (name === 'save' ? save : (Reflect.get(target, name, target) as () => unknown).bind(target)),
  });
}
