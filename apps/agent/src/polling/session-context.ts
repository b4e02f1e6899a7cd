import type { Inventory } from '@loopstart/contracts';
import type { UnreadableCode } from '@loopstart/domain';
import type { Driver, PollReading } from '@loopstart/drivers';
import type { SnmpClient } from '@loopstart/snmp';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Slots } from '../core/slots.ts';
import type { GatewayBook } from '../discovery/gateway-book.ts';
import type { Collector } from './collector.ts';
import type { GatewaySession } from './gateway-session.ts';

/** How polls went, for health. */
export interface PollCounters {
  ok: number;
  failed: number;
  /** The longest that a poll began late since this was last read. */
  lagMs: number;
}

/** What a session needs of the agent around it. */
export interface SessionContext {
  siteId: string;
  client: SnmpClient;
  clock: Clock;
  random: () => number;
  log: Logger;
  book: GatewayBook;
  collector: Collector;
  counters: PollCounters;
  /** Requests in flight: of gateways that answer, and of those that may not, so that these never hold up those. */
  slots: { answering: Slots; doubtful: Slots };
  limits: () => { fullIntervalMs: number; timeoutMs: number; retries: number };
  /**
   * Whether this session may speak for the gateway: `elsewhere` while another does, `other-unit` where another does and
   * reads another unit that has the same identity.
   */
  claim: (gatewayId: string, session: GatewaySession) => 'granted' | 'elsewhere' | 'other-unit';
  /** Whether another session than this reads the gateway. */
  isReadElsewhere: (gatewayId: string, session: GatewaySession) => boolean;
  /** Something changed that health should tell. */
  onChange: () => void;
  /** A gateway does not answer any more at the session that speaks for it. */
  onUnreachable: () => void;
}

/** A gateway that was recognised, and what was read from it last. */
export interface KnownGateway {
  driver: Driver;
  inventory: Inventory;
  reading: PollReading | null;
  /** When `reading` was taken, ms since the epoch. */
  readAt: number | null;
}

export interface SessionStatus {
  address: string;
  gatewayId: string | null;
  reachable: boolean | null;
  code: UnreadableCode | null;
  reason: string | null;
  lastAnswerAt: number | null;
}
