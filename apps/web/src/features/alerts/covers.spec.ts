import type { IncidentSummary } from '@loopstart/contracts';
import { describe, expect, test } from 'vitest';
import { concerns, type Subject } from './covers.ts';

const nothing = { customer: null, site: { id: 's' }, agent: null, gateway: null, port: null };
const agent = { ...nothing, agent: { id: 'a' } };
const gateway = { ...agent, gateway: { id: 'g' } };
const port = { ...gateway, port: { position: 7 } };
const at = (place: object) => ({ place }) as unknown as Pick<IncidentSummary, 'place'>;

describe('an incident', () => {
  test.for<[string, object, Subject, boolean]>([
    ['of the site concerns the site', nothing, {}, true],
    ['of a port concerns its site', port, {}, true],
    ['of the site concerns a port of it', nothing, { agentId: 'a', gatewayId: 'g', position: 7 }, true],
    ['of the agent concerns its gateways', agent, { agentId: 'a', gatewayId: 'g' }, true],
    ['of another agent does not', agent, { agentId: 'b', gatewayId: 'g' }, false],
    ['of the gateway concerns its ports', gateway, { agentId: 'a', gatewayId: 'g', position: 7 }, true],
    ['of another gateway does not', gateway, { agentId: 'a', gatewayId: 'h' }, false],
    ['of a port concerns its gateway', port, { agentId: 'a', gatewayId: 'g' }, true],
    ['of a port concerns that port', port, { agentId: 'a', gatewayId: 'g', position: 7 }, true],
    ['of its neighbour does not', port, { agentId: 'a', gatewayId: 'g', position: 8 }, false],
    ['of a gateway concerns its agent', gateway, { agentId: 'a' }, true],
    ['of a gateway of another agent does not', gateway, { agentId: 'b' }, false],
  ])('%s', ([, place, subject, is]) => {
    expect(concerns(at(place), subject)).toBe(is);
  });
});
