import type { Oid, SnmpValue } from '@loopstart/snmp';
import type { ActionRule } from '../../engine/slices/actions.ts';
import { snmp, type ActionStep } from '../../engine/steps.ts';
import { integerValue, numberIn } from '../../engine/values.ts';

/** A lock waits for calls to end; actions start on an idle line only, so that takes little time. */
const LOCK_TIMEOUT_MS = 30_000;

/** Waits until a state object has the value `wanted`; an answer that is not a number has failed. */
function until(oid: Oid, wanted: number): ActionStep {
  const done = (value: SnmpValue) => {
    const number = numberIn(value);
    return number === undefined ? 'failed' : number === wanted ? 'done' : 'wait';
  };
  return snmp.readUntil(oid, done, LOCK_TIMEOUT_MS);
}

const write = (oid: Oid, value: number): ActionStep => snmp.set([{ oid, value: integerValue(value) }]);

/** MX-EPADM-MIB: endpointUnlock, endpointLock, endpointForceLock take 10; endpointAdminState shows the outcome. */
export function endpointActions(entry: Oid): Record<'lock-port' | 'unlock-port' | 'reset-port', ActionRule> {
  const state = (key: string) => `${entry}.300.${key}`;
  const unlock = (key: string) => [write(`${entry}.600.${key}`, 10), until(state(key), 100)];
  return {
    'lock-port': { scope: 'port', steps: ({ key }) => [write(`${entry}.700.${key}`, 10), until(state(key), 300)] },
    'unlock-port': { scope: 'port', steps: ({ key }) => unlock(key) },
    'reset-port': {
      scope: 'port',
      steps: ({ key }) => [write(`${entry}.800.${key}`, 10), until(state(key), 300), ...unlock(key)],
    },
  };
}

/** MX-IF-ADMIN-MIB ifAdminSetAdmin: lock 2, forcelock 3, unlock 5; ifAdminAdminState: unlocked 1, locked 3. */
export function interfaceActions(entry: Oid): Record<'lock-port' | 'unlock-port' | 'reset-port', ActionRule> {
  const set = (key: string, value: number) => write(`${entry}.2.${key}`, value);
  const state = (key: string) => `${entry}.3.${key}`;
  return {
    'lock-port': { scope: 'port', steps: ({ key }) => [set(key, 2), until(state(key), 3)] },
    'unlock-port': { scope: 'port', steps: ({ key }) => [set(key, 5), until(state(key), 1)] },
    'reset-port': {
      scope: 'port',
      steps: ({ key }) => [set(key, 3), until(state(key), 3), set(key, 5), until(state(key), 1)],
    },
  };
}
