/** The groups of operations in the order in which a newcomer reads them, each with the beginnings of its paths. */
const TAGS: readonly { name: string; description: string; paths: readonly string[] }[] = [
  { name: 'Overview', description: 'The state of the whole fleet in one answer.', paths: ['overview'] },
  { name: 'Customers', description: 'Whom the operator serves.', paths: ['customers'] },
  {
    name: 'Sites',
    description: 'Where gateways are: a site has a time zone and one or more agents.',
    paths: ['sites'],
  },
  {
    name: 'Gateways',
    description: 'Devices with analogue ports: what they are, their life from found to retired, and their readings.',
    paths: ['gateways'],
  },
  { name: 'Lines', description: 'Ports with what hangs on them, over all gateways.', paths: ['ports'] },
  { name: 'Events', description: 'What gateways and agents notified, at which time.', paths: ['events'] },
  {
    name: 'Calls',
    description: 'Calls of lines, as the call records of their gateways report them.',
    paths: ['calls'],
  },
  {
    name: 'Incidents',
    description: 'What is wrong and was announced: people acknowledge, assign and snooze it.',
    paths: ['incidents', 'incident-counts', 'alerts'],
  },
  {
    name: 'Actions',
    description: 'What is asked of a gateway once. A line in use is never interrupted unasked.',
    paths: ['actions', 'runbooks'],
  },
  {
    name: 'Configuration',
    description: 'Settings of gateways in layers: edited in drafts, reviewed, published as revisions and deployed.',
    paths: ['configuration'],
  },
  {
    name: 'Agents',
    description: 'The programs on sites that read gateways: enrolment, targets, identity.',
    paths: ['agents', 'enrol', 'agent-returns'],
  },
  {
    name: 'Alerting',
    description: 'Conditions with their thresholds, and what suppresses notifications.',
    paths: ['conditions', 'thresholds', 'maintenance', 'maintenance-calendar', 'silences', 'heartbeat'],
  },
  {
    name: 'Notifications',
    description: 'Who is notified when and by which channel: policies, on-call schedules, channels, deliveries.',
    paths: ['channels', 'deliveries', 'policies', 'policy-order', 'published-policies', 'schedules'],
  },
  {
    name: 'People',
    description: 'Who works for the operator, as which role and where.',
    paths: [
      'people',
      'members',
      'roles',
      'published-roles',
      'invitations',
      'invitation-links',
      'scim',
      'single-sign-on',
      'identity-provider',
    ],
  },
  {
    name: 'Sessions',
    description: 'Signing in and out, and what is demanded of sessions. For browsers: a program shows a token.',
    paths: [
      'session',
      'sessions',
      'sign-in-policy',
      'profile',
      'entry',
      'setup',
      'email-links',
      'password-resets',
      'password-strength',
      'mailbox',
    ],
  },
  { name: 'Tokens', description: 'What programs show: API tokens and OAuth clients.', paths: ['tokens'] },
  {
    name: 'Organisation',
    description: 'The operator itself, and the provider of several.',
    paths: ['operators', 'operator', 'organisation', 'provider', 'usage'],
  },
  { name: 'Audit', description: 'Who changed what, and from where.', paths: ['audit', 'audit-streams'] },
  { name: 'Drivers', description: 'What is known of the gateways of each vendor.', paths: ['drivers'] },
  { name: 'Live', description: 'Changes as they happen.', paths: ['live'] },
];

/** The tag of a path such as `/api/v1/sites/:siteId`; null where its first part has none yet. */
export function tagOf(path: string): string | null {
  const head = /^\/api\/v1\/([\w-]+)/.exec(path)?.[1];
  return TAGS.find(({ paths }) => head !== undefined && paths.includes(head))?.name ?? null;
}

/** The tags that some path has, for the document. */
export const tagsOf = (paths: readonly string[]): { name: string; description: string }[] =>
  TAGS.filter(({ name }) => paths.some((path) => tagOf(path) === name)).map(({ name, description }) => ({
    name,
    description,
  }));
