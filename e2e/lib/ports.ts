/** What listens on ports of its own: each file that starts a system. */
const USERS = [
  'alerting',
  'alerts-bench',
  'console',
  'faults',
  'identity',
  'incidents',
  'launcher',
  'live-bench',
  'looks',
  'readme',
  'site-cut-bench',
  'soak-bench',
  'storm-bench',
  'single-sign-on',
  'canaries',
  'configuration',
] as const;

const FIRST = 24_000;
/** Ports of one user. */
const EACH = 300;

/**
 * First of the 300 ports of a file. All are below 32768, from where Linux takes the ports of outgoing connections
 * (ip_local_port_range): a system that starts would find one of those in use at times.
 */
export function portsOf(user: (typeof USERS)[number]): number {
  return FIRST + USERS.indexOf(user) * EACH;
}
