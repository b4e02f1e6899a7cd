import { CALL_DIRECTIONS, CALL_FORMATS, CALL_NULL_REASONS, CALL_PHASES, CALL_SIDES } from '@loopstart/domain';
import { z } from 'zod';
import { AtMs } from '../wire.ts';

/** Longest text of a call record that is kept; longer ones end in an ellipsis. */
export const CALL_TEXT_MAX = 120;
const text = z.string().max(CALL_TEXT_MAX).nullable();

export const CallQuality = z.object({
  mos: z.number().min(1).max(5).nullable(),
  rFactor: z.number().min(0).max(120).nullable(),
  remoteMos: z.number().min(1).max(5).nullable(),
  remoteRFactor: z.number().min(0).max(120).nullable(),
  jitterMs: z.number().min(0).max(1_000_000).nullable(),
  delayMs: z.number().min(0).max(1_000_000).nullable(),
  lossPercent: z.number().min(0).max(100).nullable(),
});

/** One step of a call, from one record of its gateway. Texts are the device's, without control characters. */
export const CallStep = z.object({
  gatewayId: z.uuid(),
  /** When the agent received the record. */
  at: AtMs,
  format: z.enum(CALL_FORMATS),
  phase: z.enum(CALL_PHASES),
  /** The gateway's name for the call, the same in all of its records; may be reused after a restart. */
  callKey: z.string().min(1).max(CALL_TEXT_MAX),
  sessionKey: text,
  /** 1-based number of the port; null with its reason in `nulls`. */
  position: z.int().min(1).nullable(),
  direction: z.enum(CALL_DIRECTIONS).nullable(),
  dialled: text,
  called: text,
  calling: text,
  forwardedTo: text,
  channel: text,
  trunk: text,
  device: text,
  lineNumber: text,
  /** Times by the gateway's own clock. */
  gatewaySetupAt: AtMs.nullable(),
  gatewayConnectAt: AtMs.nullable(),
  gatewayReleaseAt: AtMs.nullable(),
  talkMs: z.int().min(0).max(31_536_000_000).nullable(),
  cause: text,
  causeCode: z.int().min(0).max(127).nullable(),
  sipCode: z.int().min(100).max(699).nullable(),
  endedBy: z.enum(CALL_SIDES).nullable(),
  codec: text,
  fax: z.boolean().nullable(),
  quality: CallQuality,
  /** Why a value is null, by its name. */
  nulls: z.record(z.string().max(40), z.enum(CALL_NULL_REASONS)),
});
export type CallStep = z.infer<typeof CallStep>;

/** Steps of calls, as gateways reported them. */
export const CallSteps = z.object({ calls: z.array(CallStep).min(1).max(100) });
