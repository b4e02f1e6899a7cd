import { type Role, roleAllows, ROLE_TABLE, ROLES } from '@loopstart/domain';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../openapi.ts';
import { endpoints } from './endpoints.ts';

/** The lowest role of each endpoint while roles were a rank: each role still has the same permissions. */
const FORMER_RANKS: Readonly<Record<string, readonly string[]>> = {
  public: ['enrolAgent', 'signIn'],
  viewer: [
    'changePassword',
    'getAction',
    'getAgent',
    'getChannel',
    'getCustomer',
    'getDelivery',
    'getEffectiveThresholds',
    'getGateway',
    'getGatewayActions',
    'getGatewaySeries',
    'getHeartbeat',
    'getIncident',
    'getIncidentCounts',
    'getMaintenanceCalendar',
    'getOverview',
    'getPolicy',
    'getPort',
    'getPortActions',
    'getPortHistory',
    'getPortSeries',
    'getRunbook',
    'getSession',
    'getShifts',
    'getSite',
    'listActions',
    'listAgents',
    'listAlerts',
    'listChannels',
    'listConditions',
    'listCustomers',
    'listDeliveries',
    'listDrivers',
    'listEvents',
    'listGateways',
    'listIncidents',
    'listMaintenance',
    'listPeople',
    'listPolicies',
    'listPorts',
    'listRunbooks',
    'listSchedules',
    'listSilences',
    'listSites',
    'signOut',
  ],
  technician: [
    'acknowledgeIncident',
    'acknowledgeIncidents',
    'assignIncident',
    'cancelAction',
    'commentIncident',
    'createAction',
    'createCustomer',
    'createEnrolmentToken',
    'createMaintenance',
    'createScheduleOverride',
    'createSilence',
    'createSite',
    'deleteScheduleOverride',
    'endMaintenance',
    'endSilence',
    'getAgentTargets',
    'keepGateway',
    'mergeGateway',
    'putAgentTargets',
    'replaceGateway',
    'replayDeliveries',
    'replayDelivery',
    'resetThreshold',
    'restoreGateway',
    'retireGateway',
    'setThreshold',
    'snoozeIncident',
    'startRunbook',
    'testChannel',
    'updateCustomer',
    'updateGateway',
    'updateMaintenance',
    'updatePort',
    'updateSite',
    'withdrawAcknowledgement',
  ],
  admin: [
    'createChannel',
    'createPolicy',
    'createSchedule',
    'deleteChannel',
    'deleteCustomer',
    'deletePolicy',
    'deleteSchedule',
    'deleteSite',
    'handOverGateways',
    'orderPolicies',
    'putHeartbeat',
    'revokeAgent',
    'rotateChannelKey',
    'setChannelState',
    'settleIdentityConflict',
    'updateChannel',
    'updatePolicy',
    'updateSchedule',
  ],
};
/** What each was called then, and is now. */
const NOW = { viewer: 'read-only', technician: 'technician', admin: 'owner' } as const;
const ORDER = Object.keys(NOW) as (keyof typeof NOW)[];

test('the roles have the same permissions as under the former ranks', () => {
  const former = Object.entries(FORMER_RANKS).flatMap(([least, ids]) =>
    ids.map((id) => [id, least === 'public' ? ORDER : ORDER.slice(ORDER.indexOf(least as keyof typeof NOW))] as const),
  );
  const now = former.map(([id]) => {
    const { permission } = endpoints[id as keyof typeof endpoints];
    return [id, ORDER.filter((role) => roleAllows(NOW[role], permission))] as const;
  });
  expect(now).toEqual(former);
  expect(former.length).toBe(99);
});

interface Operation {
  operationId: string;
  description?: string;
  security: unknown[];
  'x-permission'?: string;
  'x-roles'?: string[];
}
const operationsOf = (...args: Parameters<typeof openApiDocument>) =>
  Object.values(openApiDocument(...args)['paths'] as Record<string, Record<string, Operation>>).flatMap((methods) =>
    Object.values(methods),
  );

describe('the OpenAPI document', () => {
  const endpointOf = (id: string) => Object.values(endpoints).find((endpoint) => endpoint.id === id);

  test.for(operationsOf().map((operation) => [operation.operationId, operation] as const))(
    '%s names the permission it needs and the roles that have it',
    ([id, operation]) => {
      const permission = id === 'live' ? 'live.read' : endpointOf(id)!.permission;
      expect(operation.security.length > 0).toBe(permission !== 'public');
      if (permission === 'public' || permission === 'signed-in') return;
      expect(operation['x-permission']).toBe(permission);
      expect(operation['x-roles']).toEqual(ROLES.filter((role: Role) => roleAllows(role, permission)));
      expect(operation.description).toContain(permission);
    },
  );

  test('contains a new role of the table without another change', () => {
    const auditor = { ...ROLE_TABLE.billing, title: 'Auditor', may: ['customers.read'] } as const;
    const withAuditor = operationsOf({ ...ROLE_TABLE, auditor }).filter((operation) =>
      operation['x-roles']?.includes('auditor'),
    );
    const readsCustomers = Object.values(endpoints).filter(({ permission }) => permission === 'customers.read');
    expect(withAuditor.map(({ operationId }) => operationId).sort()).toEqual(readsCustomers.map(({ id }) => id).sort());
    expect(readsCustomers.map(({ id }) => id)).toEqual(expect.arrayContaining(['listCustomers', 'getCustomer']));
    expect(withAuditor[0]?.description).toContain('Auditor');
  });
});
