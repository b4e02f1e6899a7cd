import { type CallEvent, type CallFacts, type CallQuality, NO_QUALITY } from './call-event.ts';
import { CALL_PHASES, type CallPhase } from './vocabulary.ts';

/** A call as it is stored: what its records so far say of it together. */
export interface Call extends CallFacts {
  /** When it began or was first seen, in our clock; it never changes, so that the call stays where it is stored. */
  readonly at: number;
  readonly format: CallEvent['format'];
  readonly callKey: string;
  readonly sessionKey: string | null;
  readonly position: number | null;
  readonly nulls: CallEvent['nulls'];
  /** Steps of which a record came: a bit for each of CALL_PHASES. */
  readonly phases: number;
  /** Times in our clock; null where no record shows them. */
  readonly startedAt: number | null;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  /** When the last record of it was received. */
  readonly receivedAt: number;
}

const bit = (phase: CallPhase): number => 1 << CALL_PHASES.indexOf(phase);
export const hasPhase = (call: Pick<Call, 'phases'>, phase: CallPhase): boolean => (call.phases & bit(phase)) !== 0;

/** Formats whose keys are never used again, so that two legs with times of their own are one call. */
const UNIQUE_KEYS: ReadonlySet<CallEvent['format']> = new Set(['cisco-voipaaa', 'freeswitch-csv', 'asterisk-csv']);
/** Gateways' own times of one call agree to a second; other calls under the same key are further apart. */
const SAME_SETUP_MS = 1_500;
/** How long after its end records of a call may still arrive. */
const AFTER_END_MAX_MS = 10 * 60_000;
/** A derived beginning further back than this is a wrong clock, not a long call. */
const DERIVED_MAX_MS = 7 * 86_400_000;

/**
 * Whether a record belongs to a call with the same key. Counters of gateways start again after a restart, so the key
 * alone is not enough: the gateway's time of the setup decides, and without it whether the call was over. Pure.
 */
export function isOfCall(call: Call, event: CallEvent): boolean {
  if (call.callKey !== event.callKey || call.format !== event.format) return false;
  if (UNIQUE_KEYS.has(call.format)) return true;
  if (call.gatewaySetupAt !== null && event.gatewaySetupAt !== null)
    return Math.abs(call.gatewaySetupAt - event.gatewaySetupAt) <= SAME_SETUP_MS;
  if (!hasPhase(call, 'end'))
    return !(event.phase === 'start' && hasPhase(call, 'connect') && event.at > call.receivedAt);
  return event.at - call.receivedAt <= AFTER_END_MAX_MS && !(event.phase === 'start' && event.at > call.receivedAt);
}

/**
 * A call with one more of its records. Records may come late, twice and in any order: a known fact stays, an unknown one
 * is filled. Nothing is made up: a duration comes from the record alone. Pure.
 */
export function mergeCall(call: Call | null, event: CallEvent): Call {
  const derived = derivedTimes(event);
  if (call === null) {
    const { at, phase, ...rest } = event;
    return { ...rest, ...derived, at: derived.startedAt ?? at, phases: bit(phase), receivedAt: at };
  }
  const facts = fillFacts(call, event);
  const position = call.position ?? event.position;
  return {
    ...call,
    ...facts,
    sessionKey: call.sessionKey ?? event.sessionKey,
    position,
    nulls: stillNull({ ...event.nulls, ...call.nulls }, { ...facts, position }),
    phases: call.phases | bit(event.phase),
    startedAt: settled(call, event, 'start', call.startedAt, derived.startedAt),
    connectedAt: settled(call, event, 'connect', call.connectedAt, derived.connectedAt),
    endedAt: settled(call, event, 'end', call.endedAt, derived.endedAt),
    receivedAt: Math.max(call.receivedAt, event.at),
  };
}

/** The time at which a step was received counts; one that is only derived gives way to it, and a later one to an earlier. */
function settled(call: Call, event: CallEvent, phase: CallPhase, known: number | null, derived: number | null) {
  if (hasPhase(call, phase) && known !== null)
    return event.phase === phase && derived !== null ? Math.min(known, derived) : known;
  if (event.phase === phase) return derived;
  if (known === null || derived === null) return known ?? derived;
  return Math.min(known, derived);
}

/**
 * The times of a call in our clock: the step that is reported is now, and earlier steps are as long before it as the
 * gateway's own clock says, whatever that clock shows.
 */
function derivedTimes(event: CallEvent): Pick<Call, 'startedAt' | 'connectedAt' | 'endedAt'> {
  const { phase, at, gatewaySetupAt, gatewayConnectAt, gatewayReleaseAt } = event;
  const reported = { start: gatewaySetupAt, connect: gatewayConnectAt, end: gatewayReleaseAt, detail: null }[phase];
  const ours = (time: number | null): number | null => {
    if (time === null || reported === null) return null;
    const beforeMs = reported - time;
    return beforeMs >= 0 && beforeMs <= DERIVED_MAX_MS ? at - beforeMs : null;
  };
  return {
    startedAt: phase === 'start' ? at : ours(gatewaySetupAt),
    connectedAt: phase === 'connect' ? at : ours(gatewayConnectAt),
    endedAt: phase === 'end' ? at : null,
  };
}

function fillFacts(call: CallFacts, event: CallFacts): CallFacts {
  return {
    direction: call.direction ?? event.direction,
    dialled: call.dialled ?? event.dialled,
    called: call.called ?? event.called,
    calling: call.calling ?? event.calling,
    forwardedTo: call.forwardedTo ?? event.forwardedTo,
    channel: call.channel ?? event.channel,
    trunk: call.trunk ?? event.trunk,
    device: call.device ?? event.device,
    lineNumber: call.lineNumber ?? event.lineNumber,
    gatewaySetupAt: call.gatewaySetupAt ?? event.gatewaySetupAt,
    gatewayConnectAt: call.gatewayConnectAt ?? event.gatewayConnectAt,
    gatewayReleaseAt: call.gatewayReleaseAt ?? event.gatewayReleaseAt,
    talkMs: call.talkMs ?? event.talkMs,
    cause: call.cause ?? event.cause,
    causeCode: call.causeCode ?? event.causeCode,
    sipCode: call.sipCode ?? event.sipCode,
    endedBy: call.endedBy ?? event.endedBy,
    codec: call.codec ?? event.codec,
    fax: call.fax === true || event.fax === true ? true : (call.fax ?? event.fax),
    quality: fillQuality(call.quality, event.quality),
  };
}

function fillQuality(known: CallQuality, more: CallQuality): CallQuality {
  const keys = Object.keys(NO_QUALITY) as (keyof CallQuality)[];
  return Object.fromEntries(keys.map((key) => [key, known[key] ?? more[key]])) as unknown as CallQuality;
}

/** Reasons of what is still not known. */
function stillNull(nulls: CallEvent['nulls'], facts: CallFacts & { position: number | null }): CallEvent['nulls'] {
  const values: Readonly<Record<string, unknown>> = { ...facts, ...facts.quality };
  return Object.fromEntries(
    Object.entries(nulls).filter(([name]) => values[name] === null || values[name] === undefined),
  );
}
