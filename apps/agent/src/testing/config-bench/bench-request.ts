import { randomUUID } from 'node:crypto';
import type { ConfigRequest } from '../../configuration/observe-gateway.ts';
import type { BenchGateway } from './bench-gateway.ts';

export const UNIT_LOGIN = { username: 'admin', password: 'unit-login-1' };

export type RequestPart = Partial<ConfigRequest> & Pick<ConfigRequest, 'changes'>;

/** Reads the gateway and returns a job for it as the cloud would send it, completed by `part`. */
export async function benchRequest(
  { gateway, session }: BenchGateway,
  nowMs: number,
  part: RequestPart,
): Promise<ConfigRequest> {
  const known = await session.exclusively(() => session.readNow({ inventory: true }));
  if (known === null) throw new Error('the gateway is not read');
  const { driver, inventory } = known;
  const { model, firmware, macAddress, serial: serialNumber } = inventory.gateway;
  const { ssh, http, sip } = gateway.provisioning?.endpoints ?? {};
  const { username: user, password } = UNIT_LOGIN;
  return {
    jobId: randomUUID(),
    gatewayId: inventory.gatewayId,
    revision: 1,
    purpose: 'apply',
    expects: { driverId: driver.id, model, firmware, macAddress, serialNumber },
    ports: inventory.ports.map(({ position, portKey }) => ({
      position,
      portKey: portKey ?? null,
      lineDeviceClass: 'phone',
      emergencyHold: false,
      mustRegister: false,
    })),
    lifeSafetyConfirmed: false,
    overrideReason: 'The lines are known to be idle.',
    emergency: [],
    notBefore: nowMs,
    expiresAt: nowMs + 6 * 3_600_000,
    confirmWithinMs: 180_000,
    redundancyGroup: null,
    peers: [],
    access: {
      user,
      password,
      sip: { user, password },
      ports: {
        ...(typeof ssh === 'number' && { ssh }),
        ...(typeof http === 'number' && { http }),
        ...(typeof sip === 'number' && { sip }),
      },
    },
    sipServer: null,
    ...part,
  };
}
