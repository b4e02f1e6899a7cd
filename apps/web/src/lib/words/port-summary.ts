import type { Port } from '@loopstart/contracts';
import { CALL_WORDS, FAULT_SHORT, FAULT_WORDS, HEALTH_WORDS, REGISTRATION_WORDS } from './port.ts';

type State = Pick<
  Port,
  'healthReason' | 'fault' | 'call' | 'hook' | 'registration' | 'oper' | 'admin' | 'lineDeviceClass'
>;

/**
 * What is known of a line on which nothing is wrong. On hook is not idle: it may ring. A model that tells neither its call
 * nor its hook says at most that the line is in service.
 */
const REST_WORDS = {
  idle: { short: 'Idle', long: 'Working, idle', is: 'The line is idle' },
  'on-hook': { short: 'On hook', long: 'Working, on hook', is: 'The line is on hook; this model does not tell calls' },
  unknown: { short: 'In service', long: 'Working', is: 'The line is in service; this model does not tell its use' },
} as const;

function restWords({ call, hook }: State): (typeof REST_WORDS)[keyof typeof REST_WORDS] {
  return REST_WORDS[call === 'idle' ? 'idle' : hook === 'on-hook' ? 'on-hook' : 'unknown'];
}

/** What a port does or suffers, in one or two words for the faceplate. */
export function shortState(port: State): string {
  switch (port.healthReason) {
    case 'working':
      return restWords(port).short;
    case 'in-use':
      return port.call !== null && port.call !== 'idle' ? CALL_WORDS[port.call] : 'Off hook';
    case 'line-fault':
      return port.fault === null ? 'Fault' : FAULT_SHORT[port.fault];
    case 'registration-failed':
      return port.registration === 'unreachable' ? 'No registrar' : 'Refused';
    case 'unregistered':
      return 'Not reg.';
    case 'out-of-service':
      return 'Out';
    case 'receiver-off-hook':
      return 'Left off';
    case 'testing':
      return 'Testing';
    case 'nothing-known':
      return 'Unknown';
    case 'unused':
      return 'Unused';
    default:
      return HEALTH_WORDS[port.healthReason];
  }
}

/** What a port does or suffers, as a phrase: "Line fault: short circuit". */
export function longState(port: State): string {
  switch (port.healthReason) {
    case 'working':
      return restWords(port).long;
    case 'in-use':
      if (port.call === 'in-use') return CALL_WORDS['in-use'];
      return port.call !== null && port.call !== 'idle'
        ? `In use: ${lower(CALL_WORDS[port.call])}`
        : 'In use: off hook';
    case 'line-fault':
      return port.fault === null ? 'Line fault' : `Line fault: ${lower(FAULT_WORDS[port.fault])}`;
    case 'registration-failed':
      return port.registration === null
        ? 'Registration failed'
        : `Registration failed: ${lower(REGISTRATION_WORDS[port.registration])}`;
    default:
      return HEALTH_WORDS[port.healthReason];
  }
}

/** A line at rest, by what is known of its registration: what nobody tells is no good sign. */
const REGISTRATION_SENTENCES: Readonly<Partial<Record<NonNullable<Port['registration']> | 'unknown', string>>> = {
  registered: 'It is registered; nothing is wrong.',
  unknown: 'Whether it is registered is not known: the gateway does not tell.',
  'not-used': 'It has never been registered, so it counts as not in use.',
};

/** One or two sentences that say how a port is and what it means, for the top of its page. */
export function portSentence(port: State): string {
  switch (port.healthReason) {
    case 'working':
      return `${restWords(port).is}. ${REGISTRATION_SENTENCES[port.registration ?? 'unknown'] ?? 'Nothing is wrong.'}`;
    case 'in-use':
      return 'The line is in use. Nothing is wrong.';
    case 'unused':
      return 'Nothing is meant to be plugged in here, and nothing is wrong.';
    case 'locked':
      return 'The port was locked: no calls can be made or received until it is unlocked.';
    case 'receiver-off-hook':
      return 'The receiver has been left off hook: the line cannot be called.';
    case 'registering':
      return 'The port is registering with its registrar; calls may not arrive yet.';
    case 'unregistered':
      return 'The port is not registered: calls to this number do not arrive.';
    case 'registration-failed':
      return `${longState(port)}. Calls to this number do not arrive.`;
    case 'line-fault':
      return `${longState(port)}. The line is not usable until this is repaired.`;
    case 'out-of-service':
      return 'The gateway has taken this port out of service and gives no reason.';
    case 'testing':
      return 'The port is under test and cannot be used meanwhile.';
    case 'nothing-known':
      return 'Nothing has been read from this port, so nobody can say whether it works.';
  }
}

/** A word inside a sentence; names such as "SIP" keep their capitals. */
function lower(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** What a port is called: its label, else the gateway's name for it, else its number on the device. */
export function portTitle(port: Pick<Port, 'label' | 'name' | 'position'>): string {
  const name = port.label ?? port.name;
  return name === null || name === '' ? `Port ${port.position}` : name;
}
