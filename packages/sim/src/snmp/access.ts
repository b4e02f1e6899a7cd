import { createHash } from 'node:crypto';
import type { SnmpAccess } from '@loopstart/contracts';
import type { SnmpCredentials } from '@loopstart/snmp';

/** The credentials that open a gateway with this access: for communities, the read one and the write one. */
export function credentialsOf(access: SnmpAccess): SnmpCredentials[] {
  if (access.version === 'v3') return [access];
  const { version, community, writeCommunity } = access;
  const read = { version, community };
  return writeCommunity === undefined || writeCommunity === community
    ? [read]
    : [read, { version, community: writeCommunity }];
}

/** What a gateway with this access signs its notifications with. */
export function notifyCredentialsOf(access: SnmpAccess): SnmpCredentials {
  return access.version === 'v3' ? access : { version: access.version, community: access.community };
}

/** An engine id that belongs to a gateway's name for ever (RFC 3411 section 5: net-snmp's enterprise, format 5). */
export function engineIdOf(name: string): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x80, 0x00, 0x1f, 0x88, 0x05]),
    createHash('sha256').update(name).digest().subarray(0, 8),
  ]);
}
