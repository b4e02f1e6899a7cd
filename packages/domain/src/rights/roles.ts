import { type PermissionName, PERMISSIONS } from './permissions.ts';

/** What one role may do, and how much at once. */
export interface RoleRow {
  title: string;
  /** Whom the role is for, in one sentence. */
  about: string;
  may: readonly PermissionName[];
  /** How many lines one act may touch; null: any number. */
  maxLinesAtOnce: number | null;
  /** The role is meant for a part of the fleet: a member without a limit to places sees nothing. */
  limitedOnly: boolean;
}

const all = Object.keys(PERMISSIONS) as PermissionName[];
/** What an administrator cannot do: make an owner of anyone, and take everything along or away. */
const OWNERS_ALONE: readonly PermissionName[] = ['operator.export', 'operator.delete', 'owners.appoint'];
/**
 * Discovery targets and addresses of channels contain access to other systems: only roles that may change them see them. The
 * audit trail says what each colleague did, and from where, the page of members when each signed in, tokens say which
 * programs reach the fleet, and connections who may come: all are for administrators.
 */
const RESTRICTED: readonly PermissionName[] = [
  'agent-targets.read',
  'audit.read',
  'sign-in-policy.read',
  'members.read',
  'channel-addresses.read',
  'tokens.read',
  'single-sign-on.read',
];
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
  'configuration.write',
  'configuration.publish',
  'configuration.deploy',
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
/** What bills are made of: how many sites, gateways and lines each customer has. */
const counts: PermissionName[] = [
  'overview.read',
  'live.read',
  'customers.read',
  'sites.read',
  'agents.read',
  'gateways.read',
  'ports.read',
];

/** Roles and their permissions: one row a role. Guard, OpenAPI document, console and docs/rights.md all read it here. */
export const ROLE_TABLE = {
  owner: {
    title: 'Owner',
    about: 'Answers for the organisation: may do everything, and appoints other owners.',
    may: all,
    maxLinesAtOnce: null,
    limitedOnly: false,
  },
  administrator: {
    title: 'Administrator',
    about: 'Runs the organisation: people, roles, settings and everything in the fleet.',
    may: all.filter((permission) => !OWNERS_ALONE.includes(permission)),
    maxLinesAtOnce: null,
    limitedOnly: false,
  },
  technician: {
    title: 'Technician',
    about: 'Installs, repairs and replaces, and takes care of incidents.',
    may: [...reads, ...works],
    maxLinesAtOnce: 500,
    limitedOnly: false,
  },
  'customer-manager': {
    title: 'Customer manager',
    about: 'Looks after some customers: sees their lines, names them, plans maintenance and comments on incidents.',
    may: [
      ...counts,
      'events.read',
      'calls.read',
      'drivers.read',
      'actions.read',
      'runbooks.read',
      'alerts.read',
      'incidents.read',
      'incidents.acknowledge',
      'incidents.comment',
      'maintenance.read',
      'maintenance.write',
      'silences.read',
      'gateways.write',
      'ports.write',
    ],
    maxLinesAtOnce: 100,
    limitedOnly: true,
  },
  billing: {
    title: 'Billing',
    about: 'Sees what bills are made of: customers, sites, gateways and lines.',
    may: counts,
    maxLinesAtOnce: 0,
    limitedOnly: false,
  },
  'read-only': {
    title: 'Read-only',
    about: 'Sees the fleet and changes nothing.',
    may: reads,
    maxLinesAtOnce: 0,
    limitedOnly: false,
  },
} as const satisfies Record<string, RoleRow>;
export type Role = keyof typeof ROLE_TABLE;
export const ROLES = Object.keys(ROLE_TABLE) as [Role, ...Role[]];

export const isRole = (name: string): name is Role => Object.hasOwn(ROLE_TABLE, name);
