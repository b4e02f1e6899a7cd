import type { DownMessage } from '@loopstart/contracts';
import type { Position } from '@loopstart/domain';
import type { Item, Sender } from '../item.ts';
import type { Published } from './batch-work.ts';
import type { Rejection } from './decode.ts';

/** The answer to one agent after the commit. */
export interface AgentOutcome {
  sender: Sender;
  committed: Position;
  rejected: { position: Position; rejection: Rejection }[];
  /** Messages whose predecessors are missing. */
  early: Item[];
}

/** The result of a committed batch. */
export interface BatchOutcome {
  agents: AgentOutcome[];
  accepted: Item[];
  duplicates: Item[];
  /** Quarantined, because they have no position in the stream. */
  unsequenced: Item[];
  /** From agents that do not exist or are revoked. */
  unknownSenders: Item[];
  rejections: { item: Item; sender: Sender; rejection: Rejection }[];
  replies: { agentId: string; message: DownMessage }[];
  published: Published[];
  reports: number;
  late: number;
  clockCorrections: number;
}
