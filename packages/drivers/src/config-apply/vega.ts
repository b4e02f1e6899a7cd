import type { ConfigProcedure, SshLine, SshStep } from './procedure.ts';

/** `admin  >`: the user, the path that was gone to, and a greater-than sign (`%u%p>`). */
const PROMPT = /(?:^|\n)[\w-]+ *[\w.]* *> ?$/;
const REFUSED = /\*\*\* ?(?:ERROR|Error)/;

const session = (lines: readonly SshLine[]): SshStep[] => [{ transport: 'ssh', ready: PROMPT, lines }];
const line = (send: string): SshLine => ({ send, until: PROMPT, refused: REFUSED });

/**
 * Vega by SSH (commands of the maker's own dumps and scripts): `set`, `purge` and `cp` change the configuration in
 * memory, `apply` makes the lines act by it, and `save` keeps it. What was not saved is gone after a restart. `show
 * config` writes out all settings, and ends with a remark.
 */
export const sangomaVega: ConfigProcedure = {
  name: 'Sangoma Vega 50, 3000 and 5000',
  how: 'SSH: `show config`, `set` and `apply`, `save`',
  proof: 'registrations',
  drivers: ['sangoma-vega'],
  models: /^Vega ?(50|3000|5000)/i,
  formats: ['sangoma-vega'],
  writes: 'changes',
  writesAllKeys: true,
  absentMeans: 'not-set',
  takesEffectMs: 20_000,
  confirmWithinMsMin: 180_000,
  read: () => session([{ send: 'show config', until: PROMPT, capture: true, timeoutMs: 120_000 }]),
  write: (text) =>
    session([
      ...text
        .split('\n')
        .map((one) => one.trim())
        .filter((one) => one !== '' && !one.startsWith(';'))
        .map(line),
      { ...line('apply'), timeoutMs: 60_000 },
    ]),
  save: () => session([{ ...line('save'), timeoutMs: 60_000 }]),
};
