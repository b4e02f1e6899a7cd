import type { SnmpAccess } from '@loopstart/contracts';
import type { SnmpCredentials, UserCredentials } from '@loopstart/snmp';

/** The credentials for reading a gateway, or, with `write`, for changing it. */
export function credentialsOf(access: SnmpAccess, write = false): SnmpCredentials {
  if (access.version !== 'v3') {
    const community = write ? (access.writeCommunity ?? access.community) : access.community;
    return { version: access.version, community };
  }
  const { version, user, level, authProtocol, authPassphrase, privProtocol, privPassphrase } = access;
  return {
    version,
    user,
    level,
    ...(authProtocol === undefined ? {} : { authProtocol }),
    ...(authPassphrase === undefined ? {} : { authPassphrase }),
    ...(privProtocol === undefined ? {} : { privProtocol }),
    ...(privPassphrase === undefined ? {} : { privPassphrase }),
  };
}

/**
 * Whether the access can change a gateway. A read community is not used for it: a gateway that accepts a SET with it is
 * misconfigured. Null for an SNMPv3 user, whose rights (RFC 3415) only an attempt shows.
 */
export function canWrite(access: SnmpAccess): boolean | null {
  return access.version === 'v3' ? null : access.writeCommunity !== undefined;
}

/** Communities and users by which the gateways of these accesses may send notifications. */
export function listenersOf(accesses: Iterable<SnmpAccess>): { communities: Set<string>; users: UserCredentials[] } {
  const communities = new Set<string>();
  const users = new Map<string, UserCredentials>();
  for (const access of accesses) {
    if (access.version !== 'v3') {
      communities.add(access.community);
      continue;
    }
    const credentials = credentialsOf(access);
    if (credentials.version === 'v3') users.set(JSON.stringify(credentials), credentials);
  }
  return { communities, users: [...users.values()] };
}

/** The missing part of an access, one plain sentence; null when it is complete. */
export function accessProblem(access: SnmpAccess): string | null {
  if (access.version !== 'v3') return null;
  if (access.level !== 'noAuthNoPriv' && access.authPassphrase === undefined) {
    return `level ${access.level} needs an authentication passphrase`;
  }
  if (access.level === 'authPriv' && access.privPassphrase === undefined) {
    return 'level authPriv needs a privacy passphrase';
  }
  return null;
}
