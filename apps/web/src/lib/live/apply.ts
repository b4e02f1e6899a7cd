import type { Action, Event, Gateway, GatewaySummary, IncidentSummary, LiveEvent, Port } from '@loopstart/contracts';
import { mergePort, patchGateway, patchSummary } from './patch-gateway.ts';

/** What a live event means for one cache entry: new data, or that it must be fetched again, or nothing. */
export type Outcome = { data: unknown } | 'refetch' | 'keep';

interface Input {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
}
interface Page<T> {
  items: T[];
  total: number;
  nextCursor: string | null;
}
interface Paged<T> {
  pages: Page<T>[];
  pageParams: unknown[];
}

/** Decides for one entry of the query cache, known by its endpoint and input. Pure. */
export function applyLive(endpoint: string, input: Input, data: unknown, event: LiveEvent): Outcome {
  switch (event.type) {
    case 'gateway':
      return applyGateway(endpoint, input, data, event);
    case 'inventory':
      if (endpoint === 'getGateway') return input.params?.gatewayId === event.gatewayId ? 'refetch' : 'keep';
      return FLEET.has(endpoint) ? 'refetch' : 'keep';
    case 'agent':
      return applyAgent(endpoint, input, data, event);
    case 'event':
      return endpoint === 'listEvents' ? prependEvent(input, data as Listed<Event>, event.event) : 'keep';
    case 'action':
      return applyAction(endpoint, input, data, event.action);
    case 'incident':
      return applyIncident(endpoint, input, data, event.incident);
    case 'configuration':
      return CONFIGURATION.has(endpoint) ? 'refetch' : 'keep';
    case 'resync':
      return 'refetch';
  }
}

/** Measures that only a line test or a poll moves. */
const MEASURES = ['lineVoltageV', 'loopCurrentMa', 'ringVoltageV'] as const;

/** Reads that count or list gateways. */
const FLEET = new Set([
  'getOverview',
  'listGateways',
  'listPorts',
  'listSites',
  'getSite',
  'listCustomers',
  'getCustomer',
  'listAgents',
  'getAgent',
]);

/** Reads that show how far deployments have come. */
const CONFIGURATION = new Set([
  'getEffectiveConfig',
  'listConfigDeployments',
  'getConfigDeployment',
  'listConfigJobs',
  'listConfigDrifts',
  'listRunningConfigs',
  'listConfigReads',
]);

/** Reads that show how many ports are how. */
const COUNTING = new Set(['getOverview', 'listSites', 'getSite', 'listCustomers', 'getCustomer']);

function applyGateway(
  endpoint: string,
  input: Input,
  data: unknown,
  event: Extract<LiveEvent, { type: 'gateway' }>,
): Outcome {
  const countsMoved = event.gateway?.reachability !== undefined || event.ports.some((port) => 'severity' in port);
  if (COUNTING.has(endpoint)) {
    if (endpoint === 'getSite' && input.params?.siteId !== event.siteId) return 'keep';
    return countsMoved ? 'refetch' : 'keep';
  }
  switch (endpoint) {
    case 'getGateway':
      return input.params?.gatewayId === event.gatewayId ? { data: patchGateway(data as Gateway, event) } : 'keep';
    case 'listGateways': {
      const found = mapItems(data as Listed<GatewaySummary>, (row) =>
        row.id === event.gatewayId ? patchSummary(row, event) : row,
      );
      if (found === null) return 'keep';
      return countsMoved ? 'refetch' : { data: found };
    }
    case 'listPorts': {
      const changed = new Map(event.ports.map((port) => [port.position, port]));
      const found = mapItems(data as Listed<Port>, (row) =>
        row.gatewayId === event.gatewayId ? mergePort(row, changed.get(row.position)) : row,
      );
      return found === null ? 'keep' : { data: found };
    }
    case 'getPortSeries': {
      const { gatewayId, position } = input.params ?? {};
      const changed = event.ports.find((port) => port.position === Number(position));
      // A chart in sight gets the point that a line test or a poll has just measured.
      const measured = gatewayId === event.gatewayId && MEASURES.some((field) => field in (changed ?? {}));
      return measured ? 'refetch' : 'keep';
    }
    case 'getPortHistory':
    case 'getPortActions': {
      const { gatewayId, position } = input.params ?? {};
      const touched = gatewayId === event.gatewayId && event.ports.some((port) => port.position === Number(position));
      return touched ? 'refetch' : 'keep';
    }
    case 'getGatewayActions':
      return input.params?.gatewayId === event.gatewayId ? 'refetch' : 'keep';
    default:
      return 'keep';
  }
}

/** An agent that falls silent makes everything behind it unknown. */
function applyAgent(
  endpoint: string,
  input: Input,
  data: unknown,
  event: Extract<LiveEvent, { type: 'agent' }>,
): Outcome {
  switch (endpoint) {
    case 'getAgent':
      return input.params?.agentId === event.agentId ? 'refetch' : 'keep';
    case 'getGateway':
      return (data as Gateway).agentId === event.agentId ? 'refetch' : 'keep';
    case 'getSite':
      return input.params?.siteId === event.siteId ? 'refetch' : 'keep';
    case 'listAgents':
    case 'listGateways':
    case 'listPorts':
    case 'getPortActions':
    case 'getGatewayActions':
      return 'refetch';
    default:
      return COUNTING.has(endpoint) ? 'refetch' : 'keep';
  }
}

function prependEvent(input: Input, data: Listed<Event>, event: Event): Outcome {
  const query = input.query ?? {};
  for (const key of ['customerId', 'siteId', 'gatewayId', 'position', 'kind', 'severity', 'source'] as const) {
    const asked = query[key];
    if (asked !== undefined && ![asked].flat().map(String).includes(String(event[key]))) return 'keep';
  }
  // What a search or a time range would find, and where in another order, is the API's to say.
  if (['q', 'from', 'to', 'sort'].some((key) => query[key] !== undefined)) return 'refetch';
  return prepend(data, event);
}

function applyAction(endpoint: string, input: Input, data: unknown, action: Action): Outcome {
  if (endpoint === 'getAction') return input.params?.actionId === action.id ? { data: action } : 'keep';
  if (endpoint === 'getPortActions' || endpoint === 'getGatewayActions') {
    return input.params?.gatewayId === action.gatewayId ? 'refetch' : 'keep';
  }
  // What a line test measured is the present value of the line.
  if (action.lineTest !== null && (endpoint === 'getGateway' || endpoint === 'getPortSeries')) {
    const { gatewayId, position } = input.params ?? {};
    const isPort = endpoint === 'getGateway' || Number(position) === action.position;
    return gatewayId === action.gatewayId && isPort ? 'refetch' : 'keep';
  }
  if (endpoint !== 'listActions') return 'keep';
  const query = input.query ?? {};
  if (query.gatewayId !== undefined && query.gatewayId !== action.gatewayId) return 'keep';
  if (query.position !== undefined && Number(query.position) !== action.position) return 'keep';
  const replaced = mapItems(data as Listed<Action>, (row) => (row.id === action.id ? newer(row, action) : row));
  return replaced === null ? prepend(data as Listed<Action>, action) : { data: replaced };
}

/**
 * A row whose place in the list cannot have changed is changed in place; what moves rows in or out of a
 * list, or up and down in it, is for the API to say.
 */
function applyIncident(endpoint: string, input: Input, data: unknown, incident: IncidentSummary): Outcome {
  switch (endpoint) {
    case 'getIncident':
      return input.params?.incidentId === incident.id ? 'refetch' : 'keep';
    case 'getIncidentCounts':
    case 'getOverview':
    case 'listAlerts':
      return 'refetch';
    case 'listIncidents': {
      if (isElsewhere(input.query ?? {}, incident)) return 'keep';
      // In an order of one's own any change can move it.
      let moved = true;
      const found = mapItems(data as Listed<IncidentSummary>, (row) => {
        if (row.id !== incident.id) return row;
        moved =
          input.query?.sort !== undefined ||
          row.attention !== incident.attention ||
          row.severity !== incident.severity ||
          row.assignedTo?.id !== incident.assignedTo?.id;
        return incident;
      });
      return moved || found === null ? 'refetch' : { data: found };
    }
    default:
      return 'keep';
  }
}

/** Whether a list narrowed to one place cannot hold an incident, because it is somewhere else. */
function isElsewhere(query: Record<string, unknown>, { place }: IncidentSummary): boolean {
  const misses = (asked: unknown, id = '') => asked !== undefined && ![asked].flat().includes(id);
  return (
    misses(query.customerId, place.customer?.id) ||
    misses(query.siteId, place.site?.id) ||
    misses(query.gatewayId, place.gateway?.id)
  );
}

/** News can overtake each other; an action never moves back. */
export function newer(shown: Action, news: Action): Action {
  return Date.parse(news.updatedAt) >= Date.parse(shown.updatedAt) ? news : shown;
}

/** A list in the cache: page by page, or the one page that a choice or a search asked for. */
type Listed<T> = Paged<T> | Page<T>;

/** Maps the rows of a list; null where no row changed, so that nothing is rendered again for nothing. */
function mapItems<T extends object>(data: Listed<T>, change: (row: T) => T): Listed<T> | null {
  let touched = false;
  const mapped = (page: Page<T>): Page<T> => ({
    ...page,
    items: page.items.map((row) => {
      const next = change(row);
      touched ||= next !== row;
      return next;
    }),
  });
  const next = 'pages' in data ? { ...data, pages: data.pages.map(mapped) } : mapped(data);
  return touched ? next : null;
}

function prepend<T extends { id: string }>(data: Listed<T>, item: T): Outcome {
  // One page alone was cut to a length that is not known here.
  if (!('pages' in data)) return 'refetch';
  const [first, ...rest] = data.pages;
  if (first === undefined || data.pages.some((page) => page.items.some((row) => row.id === item.id))) return 'keep';
  const page = { ...first, items: [item, ...first.items], total: first.total + 1 };
  return { data: { ...data, pages: [page, ...rest] } };
}
