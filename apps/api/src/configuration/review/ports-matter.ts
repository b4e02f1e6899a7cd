import { type ConfigEdit, fieldOf, isFieldId } from '@loopstart/domain';
import { portsDecideGateway } from '@loopstart/drivers/configuration';
import type { GatewayFacts } from '../entries/index.ts';
import { PLAN_SETTINGS_OF_GATEWAY } from './port-plans.ts';

/** Whether an edit leaves every port as it is: a setting of whole gateways by which no dial plan is checked. */
export function isOfWholeGateways({ kind, name, place, deviceClass }: ConfigEdit): boolean {
  return (
    kind === 'setting' &&
    isFieldId(name) &&
    fieldOf(name).level === 'gateway' &&
    !PLAN_SETTINGS_OF_GATEWAY.has(name) &&
    place.layer !== 'port' &&
    deviceClass === null
  );
}

/** Whether what is set for its ports decides how settings of the whole gateway are written. */
export const portsMatter = ({ driverId, model, firmware }: GatewayFacts): boolean =>
  portsDecideGateway(driverId, { model, firmware });
