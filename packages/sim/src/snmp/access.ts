import { createHash } from 'node:crypto';
import type { SnmpAccess } from '@loopstart/contracts';
import type { SnmpCredentials } from '@loopstart/snmp';

/** Credentials of a simulated gateway; those that are `readOnly` are refused every SET. */
export type SimCredentials = SnmpCredentials & { readonly readOnly: boolean };

/**
 * The credentials of a gateway with this access, the one that may write last: a community for reading has no write
 * view, whether or not there is another for writing; an SNMPv3 user has one unless it is `readOnlyUser`.
 */
export function credentialsOf(access: SnmpAccess, readOnlyUser = false): SimCredentials[] {
  if (access.version === 'v3') return [{ ...access, readOnly: readOnlyUser }];
  const { version, community, writeCommunity } = access;
  const write = writeCommunity === undefined ? [] : [{ version, community: writeCommunity, readOnly: false }];
  return writeCommunity === community ? write : [{ version, community, readOnly: true }, ...write];
}

/** The credentials of the gateway's notifications. */
export function notifyCredentialsOf(access: SnmpAccess): SnmpCredentials {
  return access.version === 'v3' ? access : { version: access.version, community: access.community };
}

/** A permanent engine id for a gateway's name (RFC 3411 section 5: net-snmp's enterprise, format 5). */
export function engineIdOf(name: string): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x80, 0x00, 0x1f, 0x88, 0x05]),
    createHash('sha256').update(name).digest().subarray(0, 8),
  ]);
}
