import type { Driver, ModelSpec } from '@loopstart/drivers';
import { driverById } from '@loopstart/drivers';
import { planFault, type FaultPlan } from '../fault/fault.ts';
import { SimSpecError, type SimGatewaySpec } from '../fleet/spec.ts';
import { bornGateway, replan, step } from '../line/gateway-life.ts';
import type { GatewayLife, GatewayProfile } from '../line/life.ts';
import type { Tempo } from '../line/schedule.ts';
import { hash32, noise } from '../random.ts';

/** The resolved description of a gateway: its driver, its model and the profile of its lines. */
export interface GatewayPlan {
  readonly driver: Driver;
  readonly model: ModelSpec;
  readonly profile: GatewayProfile;
}

const WARM_UP_MS = [10 * 60_000, 70 * 60_000] as const;

/** Throws SimSpecError where the driver or the model is unknown. */
export function planGateway(spec: SimGatewaySpec, tempo: Tempo, fleetSeed: number): GatewayPlan {
  const driver = driverById(spec.driver);
  if (driver === undefined) throw new SimSpecError('driver', `There is no driver "${spec.driver}".`);
  const model = spec.model === undefined ? driver.models[0] : driver.models.find(({ name }) => name === spec.model);
  if (model === undefined) {
    throw new SimSpecError('model', `The driver ${driver.id} knows no model "${spec.model ?? ''}".`);
  }
  const seed = hash32(fleetSeed, spec.name);
  const ports = Array.from({ length: model.fxs + model.fxo }, (_, index) => {
    const port = spec.ports[index];
    const device = port?.device ?? 'unused';
    return {
      kind: index < model.fxs ? ('fxs' as const) : ('fxo' as const),
      device,
      // With a configuration, each FXS line registers the account that it is given.
      registers: port?.registers ?? (device !== 'unused' || (index < model.fxs && spec.provisioning !== undefined)),
      seed: hash32(seed, index),
    };
  });
  return { driver, model, profile: { seed, tempo, ports } };
}

/**
 * A gateway that has been on for a while, so that its lines are in the middle of their day and registered; its fault
 * script starts at `at`.
 */
export function warmGateway(
  profile: GatewayProfile,
  spec: Pick<SimGatewaySpec, 'faults' | 'upMs'>,
  at: number,
): GatewayLife {
  const [least, most] = WARM_UP_MS;
  const bootedAt = at - (spec.upMs ?? Math.round(least + noise(profile.seed, 31) * (most - least)));
  const plans: FaultPlan[] = spec.faults.map((fault) => planFault(fault, at));
  const { life } = step(profile, bornGateway(profile, [], bootedAt), at);
  return replan(profile, life, plans, at).life;
}
