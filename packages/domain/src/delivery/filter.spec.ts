import { expect, test } from 'vitest';
import { type ChannelFilter, type Filterable, filterTakes } from './filter.ts';

const incident: Filterable = {
  severity: 'major',
  kind: 'gateway-unreachable',
  customerId: 'harbour',
  lineDeviceClass: null,
};

test.for<[string, ChannelFilter, boolean]>([
  ['no filter takes all', {}, true],
  ['its severity', { severities: ['major', 'critical'] }, true],
  ['another severity', { severities: ['critical'] }, false],
  ['its kind', { kinds: ['gateway-unreachable'] }, true],
  ['another kind', { kinds: ['agent-silent'] }, false],
  ['its customer', { customerIds: ['harbour'] }, true],
  ['another customer', { customerIds: ['hill'] }, false],
  ['a line device class where there is none', { lineDeviceClasses: ['lift-phone'] }, false],
  ['every list must match', { severities: ['major'], kinds: ['agent-silent'] }, false],
  ['all of them do', { severities: ['major'], kinds: ['gateway-unreachable'], customerIds: ['harbour'] }, true],
])('%s', ([, filter, takes]) => {
  expect(filterTakes(filter, incident)).toBe(takes);
});
