import { has, run } from './process.ts';

/** What tests use beyond npm: the command to look for and the Debian package that brings it. */
const PEERS = [
  { command: 'chromium', package: 'chromium', levels: ['journeys'] },
  { command: 'mosquitto', package: 'mosquitto', levels: ['medium', 'api', 'e2e'] },
  { command: 'snmpget', package: 'snmp', levels: ['unit'] },
  { command: 'snmpd', package: 'snmpd', levels: ['unit'] },
  { command: 'redis-server', package: 'redis-server', levels: ['medium'] },
] as const;

/** Debian keeps daemons where an ordinary user's PATH does not look. */
process.env.PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Finds or installs (apt, as root) the real peers some tests talk to; says plainly what will be skipped. */
export async function ensurePeers(levels: string[]): Promise<void> {
  const wanted = PEERS.filter((peer) => peer.levels.some((level) => levels.includes(level)));
  const missing: (typeof PEERS)[number][] = [];
  for (const peer of wanted) if (!(await has(peer.command))) missing.push(peer);
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && (await has('apt-get'))) {
    process.stdout.write(`Installing ${missing.map((peer) => peer.package).join(', ')} …\n`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    try {
      await run('apt-get', ['update', '-qq'], { quiet: true, env });
      await run(
        'apt-get',
        ['install', '-y', '-qq', '--no-install-recommends', ...missing.map((peer) => peer.package)],
        { quiet: true, env },
      );
    } catch (error) {
      process.stdout.write(`That did not work: ${(error as Error).message}\n`);
    }
  }
  for (const peer of missing) {
    if (!(await has(peer.command)))
      process.stdout.write(
        `SKIPPED: tests that need ${peer.command} (Debian package ${peer.package}) will be skipped.\n`,
      );
  }
}

/** Says once more, beside the tests concerned, that there is no browser. */
export async function ensureChromium(): Promise<void> {
  if (!(await has('chromium')))
    process.stdout.write('SKIPPED: there is no chromium, so the browser tests are skipped.\n');
}
