import type { GatewayIdentity, Inventory } from '@loopstart/contracts';
import type { UnreadableCode } from '@loopstart/domain';
import type { Driver, PollReading } from '@loopstart/drivers';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Slots } from '../core/slots.ts';
import type { GatewayBook } from '../discovery/gateway-book.ts';
import type { Unit } from '../discovery/gateway-id.ts';
import type { Collector } from '../polling/collector.ts';
import type { Transports } from '../transport/transports.ts';

/** Results of polls, for health. */
export interface PollCounters {
  ok: number;
  failed: number;
  /** The greatest delay of a poll's start since this was last read. */
  lagMs: number;
}

export type Conflict = NonNullable<GatewayIdentity['conflict']>;

/** A session as the ownership sees it. */
export interface Claimant {
  /** Address and port. */
  readonly key: string;
  readonly address: string;
  readonly reachable: boolean | null;
  /** The unit that answered last. */
  readonly unit: Unit | null;
  /** The same identity answers at another address too. */
  noteConflict(kind: Conflict['kind'], address: string): void;
}

/**
 * Whether a session may report a gateway: `elsewhere` while another does, `other-unit` where another does and reads
 * another unit with the same identity.
 */
export type ClaimVerdict = 'granted' | 'elsewhere' | 'other-unit';

/** The session's environment in the agent. */
export interface SessionContext {
  siteId: string;
  transports: Transports;
  clock: Clock;
  random: () => number;
  log: Logger;
  book: GatewayBook;
  collector: Collector;
  counters: PollCounters;
  /**
   * Requests in flight: of gateways that answer, and of those that may not, so that the latter never delay the former.
   */
  slots: { answering: Slots; doubtful: Slots };
  limits: () => { fullIntervalMs: number; timeoutMs: number; retries: number };
  claim: (gatewayId: string, session: Claimant) => ClaimVerdict;
  /** Whether another session than this reads the gateway. */
  isReadElsewhere: (gatewayId: string, session: Claimant) => boolean;
  /** Something changed that health should report. */
  onChange: () => void;
  /** A gateway no longer answers at its responsible session. */
  onUnreachable: () => void;
}

/** A gateway that was recognised, and its last reading. */
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
