import { SnmpAccess } from '@loopstart/contracts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { accessProblem, credentialsOf } from '../transport/snmp/access.ts';
import type { SnmpTarget } from '@loopstart/snmp';

export interface AccessFlags {
  port: number;
  snmpVersion: 'v1' | 'v2c' | 'v3';
  community: string;
  user?: string;
  authProtocol?: string;
  authPassphrase?: string;
  privProtocol?: string;
  privPassphrase?: string;
  timeout: number;
  retries: number;
}

/**
 * Adds the options for the SNMP access of a gateway. Each secret may come from the environment instead, where other
 * users of the machine do not see it.
 */
export function withAccessOptions(command: Command): Command {
  return command
    .addOption(new Option('--port <number>', 'UDP port').argParser(integer(1, 65_535)).default(161))
    .addOption(new Option('--snmp-version <version>', 'SNMP version').choices(['v1', 'v2c', 'v3']).default('v2c'))
    .addOption(new Option('--community <text>', 'community (v1, v2c)').env('LOOPSTART_COMMUNITY').default('public'))
    .addOption(new Option('--user <name>', 'user (v3)').env('LOOPSTART_SNMP_USER'))
    .addOption(
      new Option('--auth-protocol <name>', 'authentication (v3)')
        .choices(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])
        .default('sha256'),
    )
    .addOption(
      new Option('--auth-passphrase <text>', 'authentication passphrase (v3)').env('LOOPSTART_SNMP_AUTH_PASSPHRASE'),
    )
    .addOption(
      new Option('--priv-protocol <name>', 'privacy (v3)')
        .choices(['des', 'aes128', 'aes192', 'aes256'])
        .default('aes128'),
    )
    .addOption(new Option('--priv-passphrase <text>', 'privacy passphrase (v3)').env('LOOPSTART_SNMP_PRIV_PASSPHRASE'))
    .addOption(new Option('--timeout <ms>', 'wait for one answer').argParser(integer(100, 60_000)).default(2_000))
    .addOption(new Option('--retries <number>', 'more tries').argParser(integer(0, 10)).default(2));
}

/** The access in the flags. Throws InvalidArgumentError, one sentence, where they do not fit together. */
export function targetOf(address: string, flags: AccessFlags): SnmpTarget {
  const parsed = SnmpAccess.safeParse(flags.snmpVersion === 'v3' ? v3Access(flags) : plainAccess(flags));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidArgumentError(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const problem = accessProblem(parsed.data);
  if (problem !== null) throw new InvalidArgumentError(problem);
  const { port, timeout: timeoutMs, retries } = flags;
  return { host: address, port, credentials: credentialsOf(parsed.data), timeoutMs, retries };
}

/** All secrets in the flags, which must not be written anywhere. */
export function secretsOf(flags: AccessFlags): string[] {
  return [flags.community, flags.user, flags.authPassphrase, flags.privPassphrase].filter(
    (secret) => secret !== undefined && secret !== '',
  ) as string[];
}

function plainAccess({ snmpVersion, community }: AccessFlags): unknown {
  return { version: snmpVersion, community };
}

function v3Access({ user, authProtocol, authPassphrase, privProtocol, privPassphrase }: AccessFlags): unknown {
  if (user === undefined) throw new InvalidArgumentError('SNMPv3 needs --user');
  const level =
    authPassphrase === undefined ? 'noAuthNoPriv' : privPassphrase === undefined ? 'authNoPriv' : 'authPriv';
  return {
    version: 'v3',
    user,
    level,
    ...(authPassphrase === undefined ? {} : { authProtocol, authPassphrase }),
    ...(privPassphrase === undefined ? {} : { privProtocol, privPassphrase }),
  };
}

function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`a whole number from ${min} to ${max} is needed.`);
    }
    return value;
  };
}
