import type { DownMessage } from '@loopstart/contracts';
import type { Position } from '@loopstart/domain';
import type { Item, Sender } from '../item.ts';
import type { Published } from './batch-work.ts';
import type { Rejection } from './decode.ts';

/** What one agent is answered after the commit. */
export interface AgentOutcome {
  sender: Sender;
  committed: Position;
  rejected: { position: Position; rejection: Rejection }[];
  /** Messages before which something is missing. */
  early: Item[];
}

/** What a batch came to, once it is committed. */
export interface BatchOutcome {
  agents: AgentOutcome[];
  accepted: Item[];
  duplicates: Item[];
  /** Quarantined, since they have no position in the stream. */
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
