import type { GatewayMeasure, PortMeasure } from '@loopstart/domain';

/** A measurement that changed by less is not sent; in the unit of the measure. */
export const PORT_DEADBAND: Readonly<Record<PortMeasure, number>> = {
  lineVoltageV: 1,
  loopCurrentMa: 1,
  ringVoltageV: 2,
  jitterMs: 5,
  packetLossPercent: 0.5,
};

export const GATEWAY_DEADBAND: Readonly<Record<GatewayMeasure, number>> = {
  // Uptime grows constantly; a restart is reported by a full report.
  uptimeS: Number.POSITIVE_INFINITY,
  temperatureC: 1,
  cpuPercent: 10,
  memoryPercent: 5,
  activeCalls: 0,
};

/** Even unchanged measurements are sent this often, so that a chart has points. */
export const MEASURES_AGAIN_MS = 300_000;

/** Whether a cell changed by more than the deadband, or appeared or disappeared. */
export function moved(before: number | null | undefined, now: number | null | undefined, deadband: number): boolean {
  if (before === null || before === undefined || now === null || now === undefined) {
    return (before ?? null) !== (now ?? null);
  }
  return Math.abs(now - before) > deadband;
}
