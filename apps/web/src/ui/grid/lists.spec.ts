import {
  AGENT_COLUMNS,
  CUSTOMER_COLUMNS,
  type EndpointId,
  endpoints,
  EVENT_COLUMNS,
  GATEWAY_COLUMNS,
  INCIDENT_COLUMNS,
  LINE_COLUMNS,
  MAINTENANCE_COLUMNS,
  SILENCE_COLUMNS,
  SITE_COLUMNS,
} from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { AGENTS } from '../../features/agents/index.ts';
import { CUSTOMERS } from '../../features/customers/index.ts';
import { EVENTS } from '../../features/events/index.ts';
import { GATEWAYS, gatewaysOfSite } from '../../features/gateways/index.ts';
import { INCIDENTS } from '../../features/incidents/index.ts';
import { MAINTENANCE, SILENCES } from '../../features/maintenance/index.ts';
import { LINES } from '../../features/port-search/index.ts';
import { SITES, sitesOfCustomer } from '../../features/sites/index.ts';
import type { GridList } from './grid-list.ts';
import { gridQuery, gridState } from './model.ts';

const ID = '00000000-0000-4000-8000-000000000000';

type AnyList = GridList<'listGateways'>;
const any = (list: unknown) => list as AnyList;

const refusalOf = (endpoint: EndpointId, query: Record<string, unknown>) =>
  endpoints[endpoint].query.safeParse(query).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe.for([
  ['lines', any(LINES), LINE_COLUMNS],
  ['gateways', any(GATEWAYS), GATEWAY_COLUMNS],
  ['gateways of a site', any(gatewaysOfSite(ID)), GATEWAY_COLUMNS.filter((id) => id !== 'site' && id !== 'customer')],
  ['agents', any(AGENTS), AGENT_COLUMNS],
  ['sites', any(SITES), SITE_COLUMNS],
  ['sites of a customer', any(sitesOfCustomer(ID)), SITE_COLUMNS.filter((id) => id !== 'customer')],
  ['customers', any(CUSTOMERS), CUSTOMER_COLUMNS],
  ['incidents', any(INCIDENTS), INCIDENT_COLUMNS],
  ['events', any(EVENTS), EVENT_COLUMNS],
  ['silences', any(SILENCES), SILENCE_COLUMNS],
  ['maintenance windows', any(MAINTENANCE), MAINTENANCE_COLUMNS],
] as const)('the list of %s', ([, list, known]) => {
  test('has the columns of the API', () => {
    const sortable = list.columns.filter(({ unsorted }) => unsorted !== true).map(({ id }) => id);
    expect(sortable.toSorted()).toEqual([...known].toSorted());
    expect(refusalOf(list.endpoint, { sort: `-${sortable[0]}` })).toEqual([]);
    expect(refusalOf(list.endpoint, { sort: 'no column' })).toEqual(['sort']);
  });

  test('names each row, on a phone in its first line', () => {
    expect(list.columns.filter(({ rowHeader }) => rowHeader).map(({ card }) => card)).toEqual(['title']);
    const places = list.columns.flatMap(({ card }) => card ?? []);
    expect(places.length).toBe(new Set(places).size);
  });

  test('asks by its filters what the API understands', () => {
    for (const [id, filter] of Object.entries(list.filters)) {
      const named = id === 'position' ? '7' : ID;
      const ours = [...(filter.options ?? []), ...(filter.pinned ?? [])].map(([option]) => option);
      for (const value of filter.options === undefined ? [...ours, named] : ours) {
        const state = gridState(list.filters, { [id]: value });
        expect(refusalOf(list.endpoint, gridQuery(list.filters, state, [])), `${id}: ${value}`).toEqual([]);
        expect(gridQuery(list.filters, state, [])[id], `${id} is a filter`).toBeDefined();
      }
      expect(Object.keys(endpoints[list.endpoint].query.shape), id).toContain(id);
    }
  });

  test('has its values counted where a filter says so', () => {
    const counted = Object.entries(list.filters).filter(([, filter]) => filter.counted === true);
    expect(counted.length).toBeGreaterThan(0);
    for (const [id] of counted) {
      const [endpoint, input] = list.counts!(id, {}).queryKey as [EndpointId, { query: Record<string, unknown> }];
      expect(refusalOf(endpoint, input.query), id).toEqual([]);
    }
    const uncounted = Object.entries(list.filters).filter(([, filter]) => filter.counted !== true);
    for (const [id, filter] of uncounted) expect(filter.options, `values of ${id}`).toBeDefined();
  });

  test('does not ask for what it is fixed to', () => {
    for (const id of Object.keys(list.fixed ?? {})) expect(Object.keys(list.filters)).not.toContain(id);
  });
});
