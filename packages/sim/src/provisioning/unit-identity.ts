import type { SimGatewaySpec } from '../fleet/spec.ts';
import type { GatewayPlan } from '../gateway/gateway-plan.ts';
import type { StaticState } from '../snmp/canonical-state.ts';
import type { UnitIdentity } from './firmware.ts';

/** What is printed on a gateway: as it shows over SNMP, and made from its seed where its driver reads none. */
export function unitIdentity(
  spec: SimGatewaySpec,
  { model, profile }: Pick<GatewayPlan, 'model' | 'profile'>,
  { gateway }: StaticState,
): UnitIdentity {
  const own = (profile.seed % 0x1_00_00_00).toString(16).padStart(6, '0');
  return {
    model: model.name,
    firmware: gateway.firmware ?? spec.firmware ?? '1.0.0.1',
    serial: gateway.serial ?? spec.serial ?? own.toUpperCase(),
    mac: (gateway.macAddress ?? spec.macAddress)?.replaceAll(':', '').toLowerCase() ?? `020000${own}`,
    address: spec.address,
    fxs: model.fxs,
    seed: profile.seed,
  };
}
