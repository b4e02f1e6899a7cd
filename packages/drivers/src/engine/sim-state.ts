import type { GatewayInfo, PortInfo } from '@loopstart/contracts';
import type { GatewayMeasure, PortCounter, PortMeasure } from '@loopstart/domain';
import type { NotificationWish } from './slices/notifications.ts';
import type { PortWords } from './words.ts';

/** The canonical full state of one simulated gateway. Arrays follow `ports`. */
export interface SimState {
  gateway: GatewayInfo;
  ports: PortInfo[];
  states: PortWords[];
  measures: Record<PortMeasure, number | null>[];
  counters: Record<PortCounter, number | null>[];
  gatewayMeasures: Record<GatewayMeasure, number | null>;
  /** Alarms of the gateway itself that stand; absent: not known. Those of ports follow from their states. */
  alarms?: readonly NotificationWish[];
}
