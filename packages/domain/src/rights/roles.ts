import { type PermissionName, PERMISSIONS } from './permissions.ts';

/** Which part of its operator's data a role sees. A transaction must be able to enforce each of them. */
export type Extent = 'whole-operator';

/** What one role may do, and where. */
export interface RoleRow {
  title: string;
  extent: Extent;
  may: readonly PermissionName[];
}

const all = Object.keys(PERMISSIONS) as PermissionName[];
/**
 * Discovery targets contain the SNMP access of gateways: only roles that may change them see them. The audit trail says what
 * each colleague did, and from where: it is for administrators.
 */
const RESTRICTED: readonly PermissionName[] = ['agent-targets.read', 'audit.read'];
const reads = all.filter((permission) => permission.endsWith('.read') && !RESTRICTED.includes(permission));
const works: PermissionName[] = [
  'customers.write',
  'sites.write',
  'agents.enrol',
  'agent-targets.read',
  'agent-targets.write',
  'gateways.write',
  'gateways.retire',
  'gateways.replace',
  'ports.write',
  'actions.request',
  'actions.cancel',
  'runbooks.start',
  'incidents.acknowledge',
  'incidents.assign',
  'incidents.snooze',
  'incidents.comment',
  'schedules.override',
  'maintenance.write',
  'silences.write',
  'thresholds.write',
  'channels.test',
  'deliveries.replay',
];

/** Roles and their permissions: one row a role. Guard, OpenAPI document and console all read it here. */
export const ROLE_TABLE = {
  viewer: { title: 'Viewer', extent: 'whole-operator', may: reads },
  technician: { title: 'Technician', extent: 'whole-operator', may: [...reads, ...works] },
  admin: { title: 'Administrator', extent: 'whole-operator', may: all },
} as const satisfies Record<string, RoleRow>;
export type Role = keyof typeof ROLE_TABLE;
export const ROLES = Object.keys(ROLE_TABLE) as [Role, ...Role[]];
