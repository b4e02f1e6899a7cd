import type { LineDeviceClass } from '@loopstart/domain';
import { noise } from '../random.ts';
import { hookOf } from './port-life.ts';
import type { LineCondition, LineElectrics, PortLife, PortProfile } from './life.ts';

/** Measurements change in steps of this length, so that two readings within one are equal and cost nothing. */
export const MEASURE_GRAIN_MS = 10_000;

/**
 * Capacitance of the connected device, µF: a ringer has 0.5 to 1 µF, a panel without a ringer only its surge filter.
 */
const DEVICE_UF: Readonly<Record<LineDeviceClass, number>> = {
  phone: 0.82,
  fax: 1,
  'alarm-panel': 0.1,
  'lift-phone': 0.15,
  'door-entry': 0.3,
  paging: 0.22,
  'card-terminal': 0.9,
  modem: 0.9,
  unknown: 0.82,
  unused: 0,
};

/**
 * Electrical values as on a 48 V loop: about 48 V on hook, 6 to 10 V off hook at 18 to 30 mA, ringing near 65 V. A
 * short keeps the current and loses the voltage; an open line shows the unloaded feed; what leaks to earth or comes
 * from another source shows with the feed taken off.
 */
export function electricsOf(profile: PortProfile, life: PortLife, condition: LineCondition, at: number): LineElectrics {
  const grain = Math.floor(at / MEASURE_GRAIN_MS);
  const jitter = (salt: number) => noise(profile.seed, salt, grain);
  // Length and wear of a line are permanent.
  const lineShare = noise(profile.seed, 2);
  const { fed, connected, shorted, grounded, foreignVoltage } = condition;
  const offHook = hookOf(life.call) === 'off-hook';
  const cableUf = 0.004 + 0.03 * lineShare;
  const insulationKohm = Math.round(2_000 + 6_000 * noise(profile.seed, 8));
  return {
    lineVoltageV: !fed
      ? 0
      : shorted
        ? tenth(0.2 + 0.8 * jitter(3))
        : offHook
          ? tenth(6.2 + 3.2 * lineShare + 0.4 * jitter(3))
          : tenth((connected ? 47.4 : 50.5) - (foreignVoltage ? 33 : 0) + 0.8 * lineShare + 0.6 * jitter(3)),
    loopCurrentMa: !fed || !offHook ? 0 : shorted ? 30 : tenth(19 + 9 * (1 - lineShare) + jitter(4)),
    ringVoltageV: fed && life.call === 'ringing' ? Math.round(62 + 8 * lineShare + 2 * jitter(5)) : 0,
    batteryV: fed ? tenth(50.5 + 0.6 * jitter(3)) : 0,
    foreignTipV: foreignVoltage ? tenth(31 + 2 * jitter(9)) : tenth(0.4 * jitter(9)),
    foreignRingV: foreignVoltage ? tenth(3 + jitter(10)) : tenth(0.4 * jitter(10)),
    resistanceKohm: {
      tipRing: shorted ? tenth(0.1 + 0.2 * lineShare) : offHook ? 0.4 : insulationKohm,
      tipGround: grounded ? tenth(1 + 4 * lineShare) : insulationKohm + 700,
      ringGround: insulationKohm + 900,
    },
    capacitanceUf: {
      tipRing: thousandth(cableUf + (connected ? DEVICE_UF[profile.device] : 0)),
      tipGround: thousandth(cableUf),
      ringGround: thousandth(cableUf * 1.05),
    },
  };
}

const tenth = (value: number) => Math.round(value * 10) / 10;
const thousandth = (value: number) => Math.round(value * 1_000) / 1_000;
