import type { GatewayMeasure, PortMeasure } from '@loopstart/domain';

/** A measurement that changed by less says nothing new and is not sent; in the unit of the measure. */
export const PORT_DEADBAND: Readonly<Record<PortMeasure, number>> = {
  lineVoltageV: 1,
  loopCurrentMa: 1,
  ringVoltageV: 2,
  jitterMs: 5,
  packetLossPercent: 0.5,
};

export const GATEWAY_DEADBAND: Readonly<Record<GatewayMeasure, number>> = {
  // Up time grows by itself; a restart is told by a full report.
  uptimeS: Number.POSITIVE_INFINITY,
  temperatureC: 1,
  cpuPercent: 10,
  memoryPercent: 5,
  activeCalls: 0,
};

/** However little they change, measurements are sent this often, so that a chart has points. */
export const MEASURES_AGAIN_MS = 300_000;

/** Whether a cell moved by more than the deadband, or came or went. */
export function moved(before: number | null | undefined, now: number | null | undefined, deadband: number): boolean {
  if (before === null || before === undefined || now === null || now === undefined) {
    return (before ?? null) !== (now ?? null);
  }
  return Math.abs(now - before) > deadband;
}
