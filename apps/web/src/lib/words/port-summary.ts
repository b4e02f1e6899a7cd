import type { Port } from '@loopstart/contracts';
import { CALL_WORDS, FAULT_SHORT, FAULT_WORDS, HEALTH_WORDS, REGISTRATION_WORDS } from './port.ts';
import { t } from '../../messages/states.ts';

type State = Pick<
  Port,
  'healthReason' | 'fault' | 'call' | 'hook' | 'registration' | 'oper' | 'admin' | 'lineDeviceClass'
>;

/**
 * What is known of a line on which nothing is wrong. On hook is not idle: it may ring. A model that tells neither its call
 * nor its hook says at most that the line is in service.
 */
const REST_WORDS = {
  idle: { short: t('idle'), long: t('workingIdle'), is: t('lineIdle') },
  'on-hook': { short: t('onHook'), long: t('workingOnHook'), is: t('lineHookModelNot') },
  unknown: { short: t('inService'), long: t('working'), is: t('lineServiceModelNot') },
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
      return port.call !== null && port.call !== 'idle' ? CALL_WORDS[port.call] : t('offHook');
    case 'line-fault':
      return port.fault === null ? t('fault') : FAULT_SHORT[port.fault];
    case 'registration-failed':
      return port.registration === 'unreachable' ? t('noRegistrar') : t('refused');
    case 'unregistered':
      return t('notReg');
    case 'out-of-service':
      return t('out');
    case 'receiver-off-hook':
      return t('leftOff');
    case 'testing':
      return t('testing');
    case 'nothing-known':
      return t('unknown');
    case 'unused':
      return t('unused');
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
        ? t('inUseAs', { state: lower(CALL_WORDS[port.call]) })
        : t('useOffHook');
    case 'line-fault':
      return port.fault === null ? t('lineFault') : t('lineFaultAs', { fault: lower(FAULT_WORDS[port.fault]) });
    case 'registration-failed':
      return port.registration === null
        ? t('registrationFailed')
        : t('registrationFailedAs', { reason: lower(REGISTRATION_WORDS[port.registration]) });
    default:
      return HEALTH_WORDS[port.healthReason];
  }
}

/** A line at rest, by what is known of its registration: what nobody tells is no good sign. */
const REGISTRATION_SENTENCES: Readonly<Partial<Record<NonNullable<Port['registration']> | 'unknown', string>>> =
  t.group('registrationSentence');

/** One or two sentences that say how a port is and what it means, for the top of its page. */
export function portSentence(port: State): string {
  switch (port.healthReason) {
    case 'working':
      return `${restWords(port).is}. ${REGISTRATION_SENTENCES[port.registration ?? 'unknown'] ?? t('nothingIsWrong')}`;
    case 'in-use':
      return t('lineUseNothingWrong');
    case 'unused':
      return t('noDeviceMeantConnected');
    case 'locked':
      return t('portLockedCannotMake');
    case 'receiver-off-hook':
      return t('receiverLeftOffHook');
    case 'registering':
      return t('portRegisteringRegistrarCalls');
    case 'unregistered':
      return t('portNotRegisteredCalls');
    case 'registration-failed':
      return t('callsNumberNotArrive', { longState: longState(port) });
    case 'line-fault':
      return t('lineCannotUsedRepaired', { longState: longState(port) });
    case 'out-of-service':
      return t('gatewayTakenPortOut');
    case 'testing':
      return t('portUnderTestCannot');
    case 'nothing-known':
      return t('portNotReadState');
  }
}

/** A word inside a sentence; names such as "SIP" keep their capitals. */
function lower(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** What a port is called: its label, else the gateway's name for it, else its number on the device. */
export function portTitle(port: Pick<Port, 'label' | 'name' | 'position'>): string {
  const name = port.label ?? port.name;
  return name === null || name === '' ? t('portN', { position: port.position }) : name;
}
