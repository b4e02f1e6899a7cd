import { has, run } from './process.ts';

/** Programs that tests use beyond npm: the command that shows whether each exists and the Debian package of it. */
const PEERS = [
  { name: 'chromium', shown: 'command -v chromium', package: 'chromium', levels: ['journeys'] },
  { name: 'mosquitto', shown: 'command -v mosquitto', package: 'mosquitto', levels: ['medium', 'api', 'e2e'] },
  { name: 'snmpget', shown: 'command -v snmpget', package: 'snmp', levels: ['unit'] },
  { name: 'snmpd', shown: 'command -v snmpd', package: 'snmpd', levels: ['unit'] },
  { name: 'snmptrapd', shown: 'command -v snmptrapd', package: 'snmptrapd', levels: ['unit'] },
  { name: 'pysnmp', shown: '/usr/bin/python3 -c "import pysnmp"', package: 'python3-pysnmp4', levels: ['unit'] },
  { name: 'smilint', shown: 'command -v smilint', package: 'smitools', levels: ['unit'] },
  { name: 'redis-server', shown: 'command -v redis-server', package: 'redis-server', levels: ['medium'] },
] as const;

/** Folders of Debian's daemons, which are not in an ordinary user's PATH. */
process.env.PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Finds or installs (apt, as root) the real peers of some tests; prints which tests will be skipped. */
export async function ensurePeers(levels: string[]): Promise<void> {
  const wanted = PEERS.filter((peer) => peer.levels.some((level) => levels.includes(level)));
  const missing: (typeof PEERS)[number][] = [];
  for (const peer of wanted) if (!(await has(peer.shown))) missing.push(peer);
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && (await has('command -v apt-get'))) {
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
    if (!(await has(peer.shown)))
      process.stdout.write(`SKIPPED: tests that need ${peer.name} (Debian package ${peer.package}) will be skipped.\n`);
  }
}

/** Prints again, beside the tests concerned, that there is no browser. */
export async function ensureChromium(): Promise<void> {
  if (!(await has('command -v chromium')))
    process.stdout.write('SKIPPED: there is no chromium, so the browser tests are skipped.\n');
}
