import type { ConfigProcedure, SshLine, SshStep } from './procedure.ts';

/** `SN4118>` before `enable`, `SN4118#` after it; `SN4118(cfg)#` and `SN4118(if-fxs)[fxs-00]#` while it is configured. */
const USER = /(?:^|\n)[\w.-]+> ?$/;
const ENABLED = /(?:^|\n)[\w.-]+# ?$/;
const CONFIG = /(?:^|\n)[\w.-]+\([\w-]+\)(?:\[[^\]\n]*\])?# ?$/;
const REFUSED = /^% ?\S/m;

const session = (lines: readonly SshLine[]): SshStep[] => [
  { transport: 'ssh', ready: USER, lines: [{ send: 'enable', until: ENABLED, refused: REFUSED }, ...lines] },
];

/** Lines of a change. The first of a file names the dialect, which a running unit has already. */
function typed(text: string): SshLine[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('cli version'))
    .map((send) => ({ send, until: CONFIG, refused: REFUSED }));
}

/**
 * SmartNode 4110 series with SmartWare R5 and R6 by SSH (Patton, SmartWare Software Configuration Guide): lines that are
 * typed run at once and are gone with a reload, until `copy running-config startup-config` stores them. A unit without
 * an SSH server is not reached, and nothing is written.
 */
export const pattonSmartware: ConfigProcedure = {
  name: 'Patton SN41xx with SmartWare',
  how: 'SSH: `show running-config`, lines under `configure`, `copy running-config startup-config`',
  proof: 'read-back',
  drivers: ['patton-smartnode'],
  models: /^SN41\d\d\/JS/i,
  formats: ['patton-smartware'],
  writes: 'changes',
  writesAllKeys: false,
  absentMeans: 'default',
  takesEffectMs: 20_000,
  confirmWithinMsMin: 180_000,
  read: () => session([{ send: 'show running-config', until: ENABLED, capture: true, timeoutMs: 60_000 }]),
  write: (text) => session([{ send: 'configure', until: CONFIG, refused: REFUSED }, ...typed(text)]),
  save: () =>
    session([{ send: 'copy running-config startup-config', until: ENABLED, refused: REFUSED, timeoutMs: 60_000 }]),
};
