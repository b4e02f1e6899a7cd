import type { CallState, HookState, RegistrationState } from '@loopstart/domain';
import { noise, Random } from '../random.ts';
import type { LineCondition, LineTestOutcome, PortLife, PortProfile } from './life.ts';
import { HABITS } from './habits.ts';
import { nextCallAt, paced, type Tempo } from './schedule.ts';

/** When the line changes next without a command. */
export function portNextAt(life: PortLife): number {
  return Math.min(life.callNextAt, life.registrationNextAt, life.testEndsAt);
}

const OFF_HOOK_CALLS: ReadonlySet<CallState> = new Set<CallState>([
  'dialling',
  'ring-back',
  'talking',
  'hold',
  'busy-tone',
  'conference',
  'receiver-off-hook',
  'seizing',
]);

const BUSY_TONE_MS = [2_000, 8_000] as const;
const HOLD_MS = [8_000, 40_000] as const;
const BURST_GAP_MS = [20_000, 180_000] as const;
const FLOOR_DIAL_MS = 1_500;
const FLOOR_RING_MS = 3_000;
const FLOOR_TALK_MS = 8_000;
/** Share of answered calls in which the far end hangs up first, so that the line gets a tone for a moment. */
const FAR_END_FIRST_SHARE = 0.3;
const REGISTERING_MS = [300, 1_500] as const;
/** Expiry 3600 s, refreshed at half of it, as most gateways do. */
const REFRESH_MS = [1_700_000, 1_900_000] as const;
const RETRY_MS = [8_000, 20_000] as const;
/** A gateway detects a lost or returned registrar by its keep-alive within this time. */
const NOTICE_MS = [500, 4_000] as const;

/** The receiver is up exactly in these call states: loop current and call state cannot disagree. */
export function hookOf(call: CallState): HookState {
  return OFF_HOOK_CALLS.has(call) ? 'off-hook' : 'on-hook';
}

/** A line that has just got power: idle, not yet registered. */
export function bornPort(profile: PortProfile, at: number, tempo: Tempo): PortLife {
  const random = new Random(profile.seed);
  return powerUp(profile, { admin: 'unlocked', service: 'as-described', random: random.state }, at, tempo);
}

/** The same line after a restart of its gateway: counters from zero, the administrative state kept. */
export function powerUp(
  profile: PortProfile,
  kept: Pick<PortLife, 'admin' | 'service' | 'random'>,
  at: number,
  tempo: Tempo,
): PortLife {
  const random = new Random(kept.random);
  const life: PortLife = {
    call: 'idle',
    callSince: at,
    callNextAt: Infinity,
    outgoing: false,
    registration: profile.registers ? 'unregistered' : 'not-used',
    registrationNextAt: profile.registers ? at + random.between(NOTICE_MS) : Infinity,
    registeredAt: null,
    admin: kept.admin,
    service: kept.service,
    testEndsAt: Infinity,
    tested: null,
    callsIn: 0,
    callsOut: 0,
    callsFailed: 0,
    random: random.state,
  };
  return hangUp(profile, life, at, tempo, false);
}

/** On hook again at `at`, with the next call planned. */
function hangUp(profile: PortProfile, life: PortLife, at: number, tempo: Tempo, mayBurst: boolean): PortLife {
  const habits = HABITS[profile.device];
  const random = new Random(life.random);
  const burst = mayBurst && random.chance(habits.burstShare);
  const callNextAt = burst
    ? at + paced(random.between(BURST_GAP_MS), tempo, FLOOR_RING_MS)
    : nextCallAt(habits, at, tempo, random, noise(profile.seed, 1));
  return { ...life, call: 'idle', callSince: at, callNextAt, outgoing: false, random: random.state };
}

/** The transition of the call that is due at `at`. */
export function advanceCall(
  profile: PortProfile,
  life: PortLife,
  condition: LineCondition,
  at: number,
  tempo: Tempo,
): PortLife {
  const habits = HABITS[profile.device];
  const random = new Random(life.random);
  const go = (call: CallState, forMs: number, change: Partial<PortLife> = {}): PortLife => ({
    ...life,
    ...change,
    call,
    callSince: at,
    callNextAt: at + forMs,
    random: random.state,
  });
  const served = life.registration === 'registered' || life.registration === 'not-used';
  switch (life.call) {
    case 'idle': {
      if (!condition.fed || life.testEndsAt !== Infinity) return hangUp(profile, life, at, tempo, false);
      if (random.chance(habits.outShare)) {
        if (!condition.connected) return hangUp(profile, life, at, tempo, false);
        return go('dialling', paced(random.between(habits.dialMs), tempo, FLOOR_DIAL_MS), {
          outgoing: true,
          callsOut: life.callsOut + 1,
        });
      }
      // An incoming call reaches the port only through its registration.
      if (!served) return hangUp(profile, life, at, tempo, false);
      return go('ringing', paced(random.between(habits.ringMs), tempo, FLOOR_RING_MS), {
        outgoing: false,
        callsIn: life.callsIn + 1,
      });
    }
    case 'dialling':
      if (served) return go('ring-back', paced(random.between(habits.ringMs), tempo, FLOOR_RING_MS));
      return go('busy-tone', paced(random.between(BUSY_TONE_MS), tempo, FLOOR_RING_MS), {
        callsFailed: life.callsFailed + 1,
      });
    case 'ring-back':
    case 'ringing': {
      const answered = random.chance(habits.answeredShare) && condition.connected;
      if (answered) return go('talking', paced(random.between(habits.talkMs), tempo, FLOOR_TALK_MS));
      if (!life.outgoing) return hangUp(profile, { ...life, random: random.state }, at, tempo, false);
      return go('busy-tone', paced(random.between(BUSY_TONE_MS), tempo, FLOOR_RING_MS), {
        callsFailed: life.callsFailed + 1,
      });
    }
    case 'talking':
      if (random.chance(habits.holdShare)) return go('hold', paced(random.between(HOLD_MS), tempo, FLOOR_RING_MS));
      if (random.chance(FAR_END_FIRST_SHARE)) return go('busy-tone', random.between(BUSY_TONE_MS));
      return hangUp(profile, { ...life, random: random.state }, at, tempo, true);
    case 'hold':
      return go('talking', paced(random.between(habits.talkMs), tempo, FLOOR_TALK_MS));
    default:
      return hangUp(profile, life, at, tempo, true);
  }
}

/**
 * The start of a line test. The feed is off while it runs, so any current activity ends: testing a line that rings or
 * talks cuts it off, as on a real gateway.
 */
export function beginTest(profile: PortProfile, life: PortLife, at: number, endsAt: number, tempo: Tempo): PortLife {
  const quiet = life.call === 'idle' ? life : hangUp(profile, life, at, tempo, false);
  return { ...quiet, testEndsAt: endsAt };
}

/** The end of a line test. */
export function endTest(life: PortLife, tested: LineTestOutcome): PortLife {
  return { ...life, testEndsAt: Infinity, tested };
}

/** The step of the registration that is due at `at` (RFC 3261 section 10.2). */
export function advanceRegistration(life: PortLife, condition: LineCondition, at: number): PortLife {
  const random = new Random(life.random);
  const go = (registration: RegistrationState, inMs: number, registeredAt = life.registeredAt): PortLife => ({
    ...life,
    registration,
    registrationNextAt: at + inMs,
    registeredAt,
    random: random.state,
  });
  switch (condition.registrar) {
    case 'silent':
      return { ...life, registration: 'unregistered', registrationNextAt: Infinity };
    case 'unreachable':
      return go('unreachable', random.between(RETRY_MS));
    case 'rejects':
      return go('rejected', random.between(RETRY_MS));
    case 'answers':
      // A refresh keeps the binding, so it does not show as a change.
      return life.registration === 'registered' || life.registration === 'registering'
        ? go('registered', random.between(REFRESH_MS), at)
        : go('registering', random.between(REGISTERING_MS));
  }
}

const AGREES: Readonly<Record<LineCondition['registrar'], readonly RegistrationState[]>> = {
  answers: ['registered', 'registering'],
  unreachable: ['unreachable'],
  rejects: ['rejected'],
  silent: ['unregistered'],
};

/**
 * Adapts a line to its conditions after a fault, a lock or power began or ended at `at`. A line that agrees already is
 * returned unchanged.
 */
export function settle(
  profile: PortProfile,
  life: PortLife,
  condition: LineCondition,
  at: number,
  tempo: Tempo,
): PortLife {
  let settled = life;
  if (condition.stuckOffHook && condition.fed) {
    if (settled.call !== 'receiver-off-hook') {
      settled = { ...settled, call: 'receiver-off-hook', callSince: at, callNextAt: Infinity, outgoing: false };
    }
  } else if (
    settled.call === 'receiver-off-hook' ||
    (!condition.fed && settled.call !== 'idle') ||
    (!condition.connected && hookOf(settled.call) === 'off-hook')
  ) {
    settled = hangUp(profile, settled, at, tempo, false);
  }
  if (profile.registers && !AGREES[condition.registrar].includes(settled.registration)) {
    if (condition.registrar === 'silent') {
      settled = { ...settled, registration: 'unregistered', registrationNextAt: Infinity };
    } else {
      const random = new Random(settled.random);
      const noticeAt = at + random.between(NOTICE_MS);
      settled = {
        ...settled,
        registrationNextAt: Math.min(settled.registrationNextAt, noticeAt),
        random: random.state,
      };
    }
  }
  return settled;
}
