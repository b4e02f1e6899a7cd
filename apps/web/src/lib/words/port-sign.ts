import type { Port } from '@loopstart/contracts';
import { t } from '../../messages/states.ts';

/** The signs by which a port's state is recognised on the faceplate. */
export const PORT_SIGNS = [
  'idle',
  'in-use',
  'ringing',
  'dialling',
  'hold',
  'left-off-hook',
  'registering',
  'not-registered',
  'refused',
  'fault',
  'unplugged',
  'out',
  'testing',
  'locked',
  'unused',
  'unknown',
] as const;
export type PortSign = (typeof PORT_SIGNS)[number];

/** What each sign means, for the legend. */
export const SIGN_WORDS: Record<PortSign, string> = t.group('sign');

/** The sign of a port. A port whose severity is unknown has no other sign, whatever was read of it before. */
export function portSign(port: Pick<Port, 'severity' | 'healthReason' | 'call' | 'fault' | 'registration'>): PortSign {
  if (port.severity === 'unknown') return 'unknown';
  switch (port.healthReason) {
    case 'working':
      return 'idle';
    case 'unused':
      return 'unused';
    case 'in-use':
      return callSign(port.call);
    case 'receiver-off-hook':
      return 'left-off-hook';
    case 'registering':
      return 'registering';
    case 'unregistered':
      return 'not-registered';
    case 'registration-failed':
      return port.registration === 'unreachable' ? 'not-registered' : 'refused';
    case 'line-fault':
      return port.fault === 'no-line-device' ? 'unplugged' : 'fault';
    case 'out-of-service':
      return 'out';
    case 'testing':
      return 'testing';
    case 'locked':
      return 'locked';
    case 'nothing-known':
      return 'unknown';
  }
}

function callSign(call: Port['call']): PortSign {
  if (call === 'ringing' || call === 'ring-back') return 'ringing';
  if (call === 'dialling' || call === 'seizing') return 'dialling';
  return call === 'hold' ? 'hold' : 'in-use';
}
