import type { TrapV1Pdu } from './pdu.ts';
import type { Oid, OutgoingNotification, VarBind } from './types.ts';

export const SYS_UP_TIME = '1.3.6.1.2.1.1.3.0'; // SNMPv2-MIB::sysUpTime.0
export const SNMP_TRAP_OID = '1.3.6.1.6.3.1.1.4.1.0'; // SNMPv2-MIB::snmpTrapOID.0
const SNMP_TRAP_ENTERPRISE = '1.3.6.1.6.3.1.1.4.3.0'; // SNMPv2-MIB::snmpTrapEnterprise.0
const SNMP_TRAP_ADDRESS = '1.3.6.1.6.3.18.1.3.0'; // SNMP-COMMUNITY-MIB::snmpTrapAddress.0
const SNMP_TRAPS = '1.3.6.1.6.3.1.1.5'; // SNMPv2-MIB::snmpTraps; coldStart is .1
const GENERIC_ENTERPRISE_SPECIFIC = 6;

/**
 * A v1 trap as a v2 one (RFC 3584 section 3.1). The sender's own address and the enterprise are appended as by a proxy;
 * the community is not, because it is a secret.
 */
export function fromV1(trap: TrapV1Pdu, varbinds: VarBind[]): { trapOid: Oid; varbinds: VarBind[] } {
  const trapOid =
    trap.generic === GENERIC_ENTERPRISE_SPECIFIC
      ? `${trap.enterprise}.0.${trap.specific >>> 0}`
      : `${SNMP_TRAPS}.${trap.generic + 1}`;
  const appended: VarBind[] = [
    { oid: SNMP_TRAP_ADDRESS, value: { type: 'ip', value: trap.agentAddress } },
    { oid: SNMP_TRAP_ENTERPRISE, value: { type: 'oid', value: trap.enterprise } },
  ];
  const present = new Set(varbinds.map(({ oid }) => oid));
  return { trapOid, varbinds: [...varbinds, ...appended.filter(({ oid }) => !present.has(oid))] };
}

/**
 * Splits the beginning of every v2 notification (RFC 3416 section 4.2.6) from the rest; undefined without a trap OID.
 */
export function fromV2(
  varbinds: VarBind[],
): { trapOid: Oid; uptimeTicks: number | null; varbinds: VarBind[] } | undefined {
  const rest = [...varbinds];
  const uptime = rest[0]?.oid === SYS_UP_TIME ? rest.shift()?.value : undefined;
  const name = rest[0]?.oid === SNMP_TRAP_OID ? rest.shift()?.value : undefined;
  if (name?.type !== 'oid') return undefined;
  return { trapOid: name.value, uptimeTicks: uptime?.type === 'timeticks' ? uptime.value : null, varbinds: rest };
}

/** The varbinds of a v2 trap or inform. */
export function toV2(notification: OutgoingNotification): VarBind[] {
  return [
    { oid: SYS_UP_TIME, value: { type: 'timeticks', value: notification.uptimeTicks } },
    { oid: SNMP_TRAP_OID, value: { type: 'oid', value: notification.trapOid } },
    ...notification.varbinds,
  ];
}

/** The fields of a v1 trap: given ones, or those of RFC 3584 section 3.2 for the trap OID. */
export function toV1(notification: OutgoingNotification): Omit<TrapV1Pdu, 'bindings'> {
  const { trapOid, uptimeTicks, v1 } = notification;
  if (v1) return { ...v1, uptimeTicks };
  const agentAddress = '0.0.0.0';
  const arcs = trapOid.split('.');
  const last = Number(arcs.at(-1));
  const parent = arcs.slice(0, -1).join('.');
  if (parent === SNMP_TRAPS && last >= 1 && last <= GENERIC_ENTERPRISE_SPECIFIC) {
    return { enterprise: SNMP_TRAPS, agentAddress, generic: last - 1, specific: 0, uptimeTicks };
  }
  const enterprise = arcs.slice(0, arcs.at(-2) === '0' ? -2 : -1).join('.');
  return { enterprise, agentAddress, generic: GENERIC_ENTERPRISE_SPECIFIC, specific: last | 0, uptimeTicks };
}
