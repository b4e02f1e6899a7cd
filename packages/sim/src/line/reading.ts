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
import { electricsOf, MEASURE_GRAIN_MS } from './electrics.ts';
import type { GatewayLife, GatewayProfile, PortLife, PortProfile } from './life.ts';
import { hookOf } from './port-life.ts';

/** The real values of one port: null is what cannot be measured now (no call, no feed). */
export interface PortReading {
  readonly state: PortState;
  readonly measures: Readonly<Record<PortMeasure, number | null>>;
  readonly counters: Readonly<Record<PortCounter, number>>;
}

export interface GatewayReading {
  readonly ports: readonly PortReading[];
  readonly measures: Readonly<Record<GatewayMeasure, number | null>>;
}

/** The real state of a gateway at `at`; `life` must have been stepped to `at`. */
export function readGateway(profile: GatewayProfile, life: GatewayLife, at: number): GatewayReading {
  const ports = life.ports.map((port, index) => readPort(life, port, index + 1, profile.ports[index], at));
  const grain = Math.floor(at / MEASURE_GRAIN_MS);
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

/** Degrees: the room follows the day, active lines warm the gateway. */
function temperature(profile: GatewayProfile, life: GatewayLife, activeCalls: number, at: number): number {
  const grain = Math.floor(at / MEASURE_GRAIN_MS);
  const room = 3 * Math.sin((at / 86_400_000) * 2 * Math.PI + profile.seed);
  const own = 38 + 6 * noise(profile.seed, 23);
  const fault = isHot(life) ? 38 : 0;
  return Math.round(own + room + fault + activeCalls * 0.2 + noise(profile.seed, 24, Math.floor(grain / 6)));
}

function readPort(
  life: GatewayLife,
  port: PortLife,
  position: number,
  profile: PortProfile | undefined,
  at: number,
): PortReading {
  const fault = faultReasonOf(life.active, position, profile?.kind ?? 'fxs');
  // A fault that the gateway detects takes the line out of service; a line that is locked or
  // disabled gives no service (RFC 2863).
  const outOfService = fault !== 'none' || port.admin === 'locked' || port.service === 'disabled';
  return {
    state: {
      admin: port.admin,
      oper: outOfService ? 'out-of-service' : port.testEndsAt === Infinity ? 'in-service' : 'testing',
      hook: hookOf(port.call),
      call: port.call,
      registration: port.registration,
      fault,
    },
    measures: profile === undefined ? NOT_MEASURED : measurePort(life, port, position, profile, at),
    counters: { callsIn: port.callsIn, callsOut: port.callsOut, callsFailed: port.callsFailed },
  };
}

const NOT_MEASURED: PortReading['measures'] = {
  lineVoltageV: null,
  loopCurrentMa: null,
  ringVoltageV: null,
  jitterMs: null,
  packetLossPercent: null,
};

function measurePort(
  life: GatewayLife,
  port: PortLife,
  position: number,
  profile: PortProfile,
  at: number,
): PortReading['measures'] {
  const condition = conditionOf(life.active, position, port);
  const { lineVoltageV, loopCurrentMa, ringVoltageV } = electricsOf(profile, port, condition, at);
  const inCall = port.call === 'talking' || port.call === 'hold';
  const jitter = (salt: number) => noise(profile.seed, salt, Math.floor(at / MEASURE_GRAIN_MS));
  return {
    lineVoltageV,
    loopCurrentMa,
    ringVoltageV,
    jitterMs: inCall ? Math.round(2 + 10 * jitter(6) ** 2) : null,
    packetLossPercent: inCall ? tenth(0.8 * jitter(7) ** 3) : null,
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10;
