import { describe, expect, test } from 'vitest';
import { CONDITIONS } from '../alert/conditions.ts';
import { SOURCED_KINDS } from '../alert/sources.ts';
import { thresholdFaults } from './threshold-check.ts';

const paths = (setting: Parameters<typeof thresholdFaults>[0], wider = {}) =>
  thresholdFaults(setting, wider).map(({ path }) => path);

describe('what may be stored', () => {
  test.for([
    ['a value within bounds', { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: 70 } }, []],
    [
      'the least and the most',
      { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: 110, clearTemperatureC: 20 } },
      [],
    ],
    [
      'below the least',
      { kind: 'over-temperature', scope: 'site', parameters: { clearTemperatureC: 19 } },
      ['parameters.clearTemperatureC'],
    ],
    [
      'above the most',
      { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: 111 } },
      ['parameters.temperatureC'],
    ],
    [
      'no number',
      { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: Number.NaN } },
      ['parameters.temperatureC'],
    ],
    [
      'endless',
      { kind: 'agent-silent', scope: 'site', parameters: { raiseAfterS: Infinity } },
      ['parameters.raiseAfterS'],
    ],
    [
      'a name of another kind',
      { kind: 'agent-silent', scope: 'site', parameters: { temperatureC: 70 } },
      ['parameters.temperatureC'],
    ],
    [
      'a name of every object',
      { kind: 'agent-silent', scope: 'site', parameters: { constructor: 1 } },
      ['parameters.constructor'],
    ],
    ['nothing at all', { kind: 'agent-silent', scope: 'site', parameters: {} }, ['parameters']],
    [
      'an end beyond the beginning',
      { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: 50 } },
      ['parameters.temperatureC'],
    ],
    [
      'an end and a beginning that cross',
      { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: 50, clearTemperatureC: 51 } },
      ['parameters.clearTemperatureC'],
    ],
    [
      'both moved',
      { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: 50, clearTemperatureC: 45 } },
      [],
    ],
    ['a line for a line', { kind: 'port-locked', scope: 'port', parameters: { raiseAfterS: 60 } }, []],
    ['a line for a gateway', { kind: 'over-temperature', scope: 'port', parameters: { temperatureC: 70 } }, ['scope']],
    [
      'a device for a site',
      { kind: 'site-wan-down', scope: 'line-device-class', parameters: { raiseAfterS: 1 } },
      ['scope'],
    ],
    [
      'a site for what is shared',
      { kind: 'firmware-suspect', scope: 'site', parameters: { gatewaysMin: 4 } },
      ['scope'],
    ],
    ['the operator for all', { kind: 'firmware-suspect', scope: 'operator', parameters: { gatewaysMin: 4 } }, []],
  ] as const)('%s', ([, setting, expected]) => {
    expect(paths({ off: false, ...setting } as never)).toEqual(expected);
  });
  test('switched off needs no value', () => {
    expect(paths({ kind: 'agent-silent', scope: 'site', parameters: {}, off: true })).toEqual([]);
  });
  test('the setting of a wider scope counts', () => {
    const setting = { kind: 'over-temperature', scope: 'site', parameters: { temperatureC: 50 }, off: false } as const;
    expect(paths(setting, { clearTemperatureC: 45 })).toEqual([]);
  });
});

test('a condition without a source cannot be set', () => {
  const setting = { kind: 'fax-failures', scope: 'operator', parameters: { callsMin: 9 }, off: false } as const;
  expect(thresholdFaults(setting, {})).toMatchObject([
    { path: 'kind', expected: expect.stringContaining('Call records') },
  ]);
});

test.for(SOURCED_KINDS.map((kind) => [kind] as const))(
  'the defaults of %s may be stored for the operator',
  ([kind]) => {
    const parameters = Object.fromEntries(
      Object.entries(CONDITIONS[kind].parameters).map(([name, spec]) => [name, spec.default]),
    );
    expect(thresholdFaults({ kind, scope: 'operator', parameters, off: false }, {})).toEqual([]);
  },
);
