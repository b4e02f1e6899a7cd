import { ApiError } from '@loopstart/contracts';
import { type Told, tell } from '../errors/sentences.ts';
import { problemByField } from '../forms/issues.ts';
import { t } from '../../messages/factors.ts';

/** What became of a passkey, as a person meets it: browsers answer with names of errors (WebAuthn Level 3, section 5.1). */
export function tellPasskey(error: unknown): Told {
  if (error instanceof ApiError) {
    const isRefused = Object.keys(problemByField(error.problem)).some((path) => path.startsWith('credential'));
    return isRefused
      ? { ...tell(error), sentence: t('passkeyRefused'), advice: t('passkeyRefusedAdvice') }
      : tell(error);
  }
  const name = error instanceof Error ? error.name : '';
  const text = TEXTS[name];
  return text === undefined ? tell(error) : { ...NOT_SENT, sentence: t(text[0]), advice: t(text[1]) };
}

const TEXTS: Record<string, readonly ['notFinished' | 'knownDevice' | 'otherAddress', Advice]> = {
  NotAllowedError: ['notFinished', 'notFinishedAdvice'],
  AbortError: ['notFinished', 'notFinishedAdvice'],
  InvalidStateError: ['knownDevice', 'knownDeviceAdvice'],
  SecurityError: ['otherAddress', 'otherAddressAdvice'],
};
type Advice = 'notFinishedAdvice' | 'knownDeviceAdvice' | 'otherAddressAdvice';

const NOT_SENT = { requestId: null, retryable: true, kind: 'refused' } as const;
