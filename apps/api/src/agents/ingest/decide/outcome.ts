import type { LiveEvent } from '@loopstart/contracts';
import type { Position } from '@loopstart/domain';
import type { Item, Sender } from '../item.ts';
import type { Rejection } from './decode.ts';

/** What is to be told to one agent after the commit. */
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
  /** Recorded, though they have no place in the stream. */
  placeless: Item[];
  /** From agents that do not exist or are revoked. */
  strangers: Item[];
  rejections: { item: Item; sender: Sender; rejection: Rejection }[];
  certificates: { agentId: string; certificatePem: string }[];
  live: { operatorId: string; event: LiveEvent }[];
  reports: number;
  late: number;
  clockCorrections: number;
}
