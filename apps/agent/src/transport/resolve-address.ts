import { lookup } from 'node:dns/promises';
import { SnmpError } from '@loopstart/snmp';

/** The IP address of a host name; of an address itself. Rejects with SnmpError 'unreachable'. */
export async function resolveAddress(address: string): Promise<string> {
  try {
    return (await lookup(address)).address;
  } catch {
    throw new SnmpError('unreachable', `the name ${address.slice(0, 80)} cannot be resolved`);
  }
}
