import {
  GATEWAY_MEASURES,
  type GatewayMeasure,
  type PortCounter,
  type PortMeasure,
  type PortState,
} from '@loopstart/domain';
import { conditionOf, faultReasonOf } from '../fault/condition.ts';
import { noise } from '../random.ts';
import { isHot } from './changes.ts';
import type { GatewayLife, GatewayProfile } from './gateway-life.ts';
import { hookOf, type PortLife } from './port-life.ts';

/** Measurements move at this grain, so that two looks within it find the same and cost nothing. */
export const MEASURE_GRAIN_MS = 10_000;

/** One port as it truly is: null is what cannot be measured now (no call, no feed). */
export interface PortReading {
  readonly state: PortState;
  readonly measures: Readonly<Record<PortMeasure, number | null>>;
  readonly counters: Readonly<Record<PortCounter, number>>;
}

export interface GatewayReading {
  readonly ports: readonly PortReading[];
  readonly measures: Readonly<Record<GatewayMeasure, number | null>>;
}

/** What is true of a gateway at `at`; `life` must have been stepped to `at`. */
export function readGateway(profile: GatewayProfile, life: GatewayLife, at: number): GatewayReading {
  const grain = Math.floor(at / MEASURE_GRAIN_MS);
  const ports = life.ports.map((port, index) =>
    readPort(life, port, index + 1, profile.ports[index]?.seed ?? profile.seed, grain),
  );
  const activeCalls = ports.filter(
    ({ state }) => state.call === 'talking' || state.call === 'hold' || state.call === 'ring-back',
  ).length;
  return {
    ports,
    measures: {
      uptimeS: Math.max(0, Math.floor((at - life.bootedAt) / 1000)) % (GATEWAY_MEASURES.uptimeS.max + 1),
      temperatureC: temperature(profile, life, activeCalls, at),
      cpuPercent: Math.round(4 + activeCalls * 1.4 + 3 * noise(profile.seed, 21, grain)),
      memoryPercent: Math.round(38 + 4 * noise(profile.seed, 22, Math.floor(grain / 60))),
      activeCalls,
    },
  };
}

/** Degrees: the room follows the day, talking lines warm the box. */
function temperature(profile: GatewayProfile, life: GatewayLife, activeCalls: number, at: number): number {
  const grain = Math.floor(at / MEASURE_GRAIN_MS);
  const room = 3 * Math.sin((at / 86_400_000) * 2 * Math.PI + profile.seed);
  const own = 38 + 6 * noise(profile.seed, 23);
  const fault = isHot(life) ? 38 : 0;
  return Math.round(own + room + fault + activeCalls * 0.2 + noise(profile.seed, 24, Math.floor(grain / 6)));
}

function readPort(life: GatewayLife, port: PortLife, position: number, seed: number, grain: number): PortReading {
  const fault = faultReasonOf(life.active, position);
  const condition = conditionOf(life.active, position, port.admin);
  // A gateway that supervises its lines takes an open one out of service; a locked one gives none (RFC 2863).
  const outOfService = fault !== 'none' || port.admin === 'locked';
  return {
    state: {
      admin: port.admin,
      oper: outOfService ? 'out-of-service' : port.testEndsAt === Infinity ? 'in-service' : 'testing',
      hook: hookOf(port.call),
      call: port.call,
      registration: port.registration,
      fault,
    },
    measures: measurePort(port, fault === 'short-circuit', condition.fed, condition.connected, seed, grain),
    counters: { callsIn: port.callsIn, callsOut: port.callsOut, callsFailed: port.callsFailed },
  };
}

/**
 * Electrical values as on a 48 V loop: about 48 V on hook, 6 to 10 V off hook at 18 to 30 mA,
 * ringing near 65 V. A short keeps the current and loses the voltage; an open line shows the
 * unloaded feed.
 */
function measurePort(
  port: PortLife,
  shorted: boolean,
  fed: boolean,
  connected: boolean,
  seed: number,
  grain: number,
): PortReading['measures'] {
  const jitter = (salt: number) => noise(seed, salt, grain);
  // Length and wear of a line belong to it for ever.
  const lineShare = noise(seed, 2);
  const offHook = hookOf(port.call) === 'off-hook';
  const inCall = port.call === 'talking' || port.call === 'hold';
  return {
    lineVoltageV: !fed
      ? 0
      : shorted
        ? tenth(0.2 + 0.8 * jitter(3))
        : offHook
          ? tenth(6.2 + 3.2 * lineShare + 0.4 * jitter(3))
          : tenth((connected ? 47.4 : 50.5) + 0.8 * lineShare + 0.6 * jitter(3)),
    loopCurrentMa: !fed || !offHook ? 0 : shorted ? 30 : tenth(19 + 9 * (1 - lineShare) + jitter(4)),
    ringVoltageV: fed && port.call === 'ringing' ? Math.round(62 + 8 * lineShare + 2 * jitter(5)) : 0,
    jitterMs: inCall ? Math.round(2 + 10 * jitter(6) ** 2) : null,
    packetLossPercent: inCall ? tenth(0.8 * jitter(7) ** 3) : null,
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10;
