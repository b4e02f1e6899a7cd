import type { PortInfo } from '@loopstart/contracts';
import type { Oid, VarBind } from '@loopstart/snmp';
import type { ActionRule } from '../../engine/slices/actions.ts';
import { snmp } from '../../engine/steps.ts';
import { numberIn } from '../../engine/values.ts';

const TIMEOUT_MS = 20_000;

/** Locks and unlocks by a switch in the port's configuration, and waits until the port reports it. */
export function portSwitch(how: {
  write(port: PortInfo, locked: boolean): VarBind[];
  read(port: PortInfo): Oid;
  isLocked(state: number): boolean;
}): Record<'lock-port' | 'unlock-port', ActionRule> {
  const turn = (locked: boolean): ActionRule => ({
    scope: 'port',
    steps: (port) => [
      snmp.set(how.write(port, locked)),
      snmp.readUntil(
        how.read(port),
        (value) => {
          const state = numberIn(value);
          return state === undefined ? 'failed' : how.isLocked(state) === locked ? 'done' : 'wait';
        },
        TIMEOUT_MS,
      ),
    ],
  });
  return { 'lock-port': turn(true), 'unlock-port': turn(false) };
}
