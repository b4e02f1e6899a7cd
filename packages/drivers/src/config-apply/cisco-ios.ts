import type { ConfigProcedure, ConfigUnit, SshLine, SshStep } from './procedure.ts';

/** `host#` in privileged mode, `host>` before it; `host(config)#` and deeper. */
const EXEC = /(?:^|\n)[\w.-]+# ?$/;
const USER_OR_EXEC = /(?:^|\n)[\w.-]+[#>] ?$/;
const CONFIG = /(?:^|\n)[\w.-]+\(config[\w-]*\)# ?$/;
const REFUSED = /^% ?\S|\^\s*\n%/m;
/** The unit reverts by itself where the agent never comes back; longer than the agent waits in an outage. */
const OWN_REVERT_LATER_MIN = 15;

function session({ enablePassword }: ConfigUnit, lines: readonly SshLine[]): SshStep[] {
  const enable: SshLine[] =
    enablePassword === null
      ? []
      : [
          { send: 'enable', until: /assword: ?$/ },
          { send: enablePassword, until: EXEC, refused: /^% ?(?:Access|Bad)/m },
        ];
  const plain: SshLine = { send: 'terminal length 0', until: EXEC };
  return [
    { transport: 'ssh', ready: enablePassword === null ? EXEC : USER_OR_EXEC, lines: [...enable, plain, ...lines] },
  ];
}

/** Lines of a change, each answered by a prompt; an error text refuses the line. */
function typed(text: string): SshLine[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '!' && line !== 'end')
    .map((send) => ({ send, until: CONFIG, refused: REFUSED }));
}

/**
 * IOS and IOS XE by SSH (Cisco, Configuration Replace and Configuration Rollback): the change is typed under `configure
 * terminal revert timer`, so that the unit goes back by itself; `configure confirm` ends the timer and `write memory`
 * stores. That needs `archive` to be set up; without it the unit refuses, and nothing is changed. A revert uses the
 * unit's own, then writes what is left of the change back.
 */
export const ciscoIos: ConfigProcedure = {
  name: 'Cisco IOS and IOS XE',
  how: 'SSH: `show running-config`, lines under `configure terminal revert timer`, `configure confirm` and `write memory`',
  proof: 'read-back',
  drivers: ['cisco-ios'],
  models: /./,
  formats: ['cisco-ios'],
  writes: 'changes',
  writesAllKeys: false,
  absentMeans: 'default',
  takesEffectMs: 20_000,
  confirmWithinMsMin: 180_000,
  read: (unit) => session(unit, [{ send: 'show running-config', until: EXEC, capture: true, timeoutMs: 120_000 }]),
  write(text, unit, way) {
    const minutes = Math.ceil(unit.confirmWithinMs / 60_000) + OWN_REVERT_LATER_MIN;
    const begin: SshLine[] =
      way === 'forth'
        ? [{ send: `configure terminal revert timer ${minutes}`, until: CONFIG, refused: REFUSED }]
        : [
            { send: 'configure revert now', until: EXEC, timeoutMs: 120_000 },
            { send: 'configure terminal', until: CONFIG },
          ];
    return session(unit, [...begin, ...typed(text), { send: 'end', until: EXEC }]);
  },
  save: (unit) =>
    session(unit, [
      // Without a pending change it says so, and the read-back that follows decides.
      { send: 'configure confirm', until: EXEC },
      { send: 'write memory', until: EXEC, timeoutMs: 120_000 },
    ]),
};
