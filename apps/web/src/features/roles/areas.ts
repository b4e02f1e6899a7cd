import { type PermissionName, PERMISSIONS } from '@loopstart/domain';
import { t } from '../../messages/roles.ts';

const WORDS = t.group('area');
export type Area = keyof typeof WORDS;

/** Areas in the order in which they are shown, with the first words of their rights. `other` takes what a later version adds. */
const PREFIXES: Readonly<Record<Area, readonly string[]>> = {
  fleet: ['overview', 'live', 'customers', 'sites', 'gateways', 'ports', 'events', 'calls', 'drivers'],
  agents: ['agents', 'agent-targets'],
  actions: ['actions', 'runbooks'],
  configuration: ['configuration'],
  incidents: ['alerts', 'incidents', 'maintenance', 'silences', 'thresholds'],
  alerting: ['policies', 'schedules', 'channels', 'channel-addresses', 'deliveries', 'heartbeat'],
  people: [
    'organisation',
    'operator',
    'usage',
    'single-sign-on',
    'people',
    'members',
    'roles',
    'owners',
    'sign-in-policy',
  ],
  programs: ['tokens'],
  audit: ['audit'],
  other: [],
};
const AREAS = Object.keys(PREFIXES) as Area[];

const areaOf = (right: PermissionName): Area =>
  AREAS.find((area) => PREFIXES[area].includes(right.slice(0, right.indexOf('.')))) ?? 'other';

/** Every right in its area, in the order of the list; areas without a right are left out. */
export const RIGHTS_BY_AREA: readonly { area: Area; title: string; rights: readonly PermissionName[] }[] = AREAS.map(
  (area) => ({
    area,
    title: WORDS[area],
    rights: (Object.keys(PERMISSIONS) as PermissionName[]).filter((right) => areaOf(right) === area),
  }),
).filter(({ rights }) => rights.length > 0);
