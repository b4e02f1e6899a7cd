import { type ChildProcess, type StdioOptions, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SnmpCredentials, UserCredentials } from '../wire/types.ts';

/** Support of the specs that run against the net-snmp tools where they are installed. */

const run = promisify(execFile);

function findTool(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

export function needing(...names: string[]): { missing: boolean; note: string } {
  const absent = names.filter((name) => !findTool(name));
  return { missing: absent.length > 0, note: absent.length > 0 ? ` (skipped: ${absent.join(', ')} absent)` : '' };
}

export const user = (
  name: string,
  authProtocol: UserCredentials['authProtocol'] & string,
  privProtocol: UserCredentials['privProtocol'] & string,
  more: Partial<UserCredentials> = {},
): UserCredentials => ({
  version: 'v3',
  user: name,
  level: 'authPriv',
  authProtocol,
  authPassphrase: 'auth-passphrase',
  privProtocol,
  privPassphrase: 'priv-passphrase',
  ...more,
});
const NET_SNMP_AUTH = {
  md5: 'MD5',
  sha1: 'SHA',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};
const NET_SNMP_PRIV = { des: 'DES', aes128: 'AES', aes192: 'AES-192', aes256: 'AES-256' };
export const USERS = [
  user('md5des', 'md5', 'des'),
  user('sha1aes', 'sha1', 'aes128'),
  user('sha224aes', 'sha224', 'aes128'),
  user('sha256aes', 'sha256', 'aes128'),
  user('sha384aes256', 'sha384', 'aes256'),
  user('sha512aes192', 'sha512', 'aes192'),
  user('sha1aes256', 'sha1', 'aes256'),
  user('sha256only', 'sha256', 'aes128', { level: 'authNoPriv' }),
  user('nothing', 'sha256', 'aes128', { level: 'noAuthNoPriv' }),
];

/** The net-snmp tools' arguments for these credentials. */
export function v3Options(credentials: UserCredentials): string[] {
  const {
    level,
    authProtocol = 'sha256',
    privProtocol = 'aes128',
    authPassphrase = '',
    privPassphrase = '',
  } = credentials;
  const options = ['-v3', '-u', credentials.user, '-l', level];
  if (level !== 'noAuthNoPriv') options.push('-a', NET_SNMP_AUTH[authProtocol], '-A', authPassphrase);
  if (level === 'authPriv') options.push('-x', NET_SNMP_PRIV[privProtocol], '-X', privPassphrase);
  return options;
}

/** A folder of its own for the tools' configuration, and a function that runs a tool to its end. */
export function openToolbox() {
  const folder = mkdtempSync(join(tmpdir(), 'snmp-peer-'));
  const environment = { ...process.env, SNMP_PERSISTENT_DIR: folder, SNMPCONFPATH: folder, MIBS: '' };
  return {
    folder,
    /** Runs a tool to its end and returns its output. Rejects where it fails. */
    tool: async (name: string, ...options: string[]): Promise<string> => {
      const { stdout } = await run(findTool(name) as string, options, { env: environment });
      return stdout;
    },
    /** Starts a daemon with this configuration. */
    start: (name: string, lines: string[], ...options: string[]): ChildProcess => {
      const file = join(folder, `${name}.conf`);
      writeFileSync(file, lines.join('\n') + '\n');
      const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
      return spawn(findTool(name) as string, ['-f', '-C', '-c', file, ...options], { env: environment, stdio });
    },
    close: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The lines of a daemon's configuration that create our users. */
export function createUserLines(): string[] {
  return USERS.map(
    ({ user: name, authProtocol = 'sha256', privProtocol = 'aes128', authPassphrase, privPassphrase }) => {
      const auth = `${NET_SNMP_AUTH[authProtocol]} "${authPassphrase}"`;
      return `createUser ${name} ${auth} ${NET_SNMP_PRIV[privProtocol]} "${privPassphrase}"`;
    },
  );
}

/** A user's level in the form of a daemon's configuration. */
export const DAEMON_LEVEL = { noAuthNoPriv: 'noauth', authNoPriv: 'auth', authPriv: 'priv' } as const;

/** Ends a daemon and waits until it has written its persistent files. */
export async function stopDaemon(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  const ended = once(daemon, 'exit');
  daemon.kill();
  await ended;
}

/** Tests by name: community credentials have no user to be named after. */
export function named<T extends SnmpCredentials>(credentials: readonly T[]): { name: string; credentials: T }[] {
  return credentials.map((each) => ({ name: each.version === 'v3' ? each.user : each.version, credentials: each }));
}
