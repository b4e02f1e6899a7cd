import { expect, test } from 'vitest';
import { parseFilters } from '../../lib/url/filters.ts';
import { IncidentFilters, incidentQuery } from './filters.schema.ts';

const site = '0198f2a0-0000-7000-8000-000000000001';

test.for([
  ['nothing: what is not over', {}, {}],
  ['a state', { state: 'resolved' }, { attention: 'resolved' }],
  ['at least major', { severity: 'major' }, { severity: ['major', 'critical'] }],
  ['critical', { severity: 'critical' }, { severity: ['critical'] }],
  ['one kind', { kind: 'agent-silent' }, { kind: ['agent-silent'] }],
  ['mine at a site', { assignedTo: 'me', siteId: site }, { assignedTo: 'me', siteId: site }],
  ['one port', { gatewayId: site, position: '7' }, { gatewayId: site, position: 7 }],
  ['what is not understood is not asked', { severity: 'awful', kind: 'x', siteId: '1', position: '0' }, {}],
] as const)('%s', ([, url, asked]) => {
  const query = incidentQuery(parseFilters(IncidentFilters, url));
  expect(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))).toEqual(asked);
});
