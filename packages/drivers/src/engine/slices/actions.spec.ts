import { ACTION_TYPES, PORT_ACTIONS } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { drivers } from '../../drivers.ts';
import { actionRules, planAction } from './actions.ts';
import { exampleState } from '../example-state.ts';

describe.for(drivers.map((driver) => [driver.id, driver] as const))('%s', ([, driver]) => {
  const { ports } = exampleState(driver);

  test.for([...ACTION_TYPES])('%s is planned, or refused in a plain sentence', (type) => {
    const plan = planAction(driver, type, ports[0] ?? null, { model: 'any model', firmware: null });
    if ('unsupported' in plan) expect(plan.unsupported).toMatch(/^(This gateway cannot|This action needs) .*\.$/);
    // An action without any step would do nothing, and must not be reported as done.
    else expect(plan.steps.some((step) => 'set' in step && step.set.length > 0)).toBe(true);
  });

  test('actions on a port are not planned without one', () => {
    for (const type of PORT_ACTIONS) {
      if (actionRules(driver)[type])
        expect(planAction(driver, type, null)).toEqual({ unsupported: 'This action needs a port.' });
    }
  });
});

test('which driver can do which action by SNMP', () => {
  expect(Object.fromEntries(drivers.map((driver) => [driver.id, Object.keys(actionRules(driver)).sort()]))).toEqual({
    audiocodes: ['line-test', 'reboot', 'reset-port'],
    'cisco-ios': [],
    'cisco-spa': [],
    'eltex-tau': ['line-test', 'lock-port', 'reboot', 'unlock-port'],
    'eltex-tau-small': ['lock-port', 'reboot', 'unlock-port'],
    'grandstream-gxw': [],
    'grandstream-ht': [],
    'mediatrix-dgw': ['lock-port', 'reset-port', 'unlock-port'],
    'mediatrix-sip': ['lock-port', 'reset-port', 'unlock-port'],
    'patton-smartnode': ['reboot'],
    'sangoma-vega': [],
    generic: [],
  });
});
