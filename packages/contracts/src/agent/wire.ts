import { UNREADABLE_CODES } from '@loopstart/domain';
import { z } from 'zod';

/**
 * Version of the agent protocol that this build implements. A message of a newer major version is quarantined, never
 * interpreted.
 */
export const AGENT_PROTOCOL_VERSION = 1;

/** Largest message that either side accepts, in bytes; larger ones are refused before they are parsed. */
export const AGENT_MESSAGE_BYTES_MAX = 262_144;

export const Epoch = z.int().min(0);
const Seq = z.int().min(0);
/**
 * (epoch, sequence): see `packages/domain/src/telemetry/cursor.ts`. An epoch is at least the time of the agent's start
 * in seconds since 1970, so that an agent whose state was lost does not reuse old positions; keep both as 64-bit
 * numbers.
 */
export const StreamPosition = z.tuple([Epoch, Seq]);
/** A time, ms since 1970. */
export const AtMs = z.int().min(0).max(8_640_000_000_000_000);

/**
 * Code for why a gateway is not read. Absent from agents before 0.2, which sent a sentence alone (`unreadableCode`
 * derives the code from it).
 */
export const UnreadableCode = z.enum(UNREADABLE_CODES).nullable().optional();
