'use client';

import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { PasskeyCreation, PasskeyRequest } from '@loopstart/contracts';
import { useState, useSyncExternalStore } from 'react';
import type { Told } from '../errors/sentences.ts';
import { tellPasskey } from './tell-passkey.ts';

/** Has the browser make a passkey. It asks the person, and throws where they decline or let the time run out. */
export const makePasskey = (optionsJSON: PasskeyCreation) => startRegistration({ optionsJSON });

/** Has the browser ask for a passkey; throws as above. */
export const showPasskey = (optionsJSON: PasskeyRequest) => startAuthentication({ optionsJSON });

/** Whether this browser has passkeys; null until it is known. */
export const useHasPasskeys = (): boolean | null =>
  useSyncExternalStore<boolean | null>(neverChanges, browserSupportsWebAuthn, () => null);

const neverChanges = () => () => undefined;

/** Runs what asks for a passkey; what goes wrong is told in plain words. */
export function usePasskey(run: () => Promise<void>): {
  pending: boolean;
  failure: Told | null;
  start: () => Promise<void>;
} {
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<Told | null>(null);
  return {
    pending,
    failure,
    start: async () => {
      setPending(true);
      setFailure(null);
      try {
        await run();
      } catch (error) {
        setFailure(tellPasskey(error));
      } finally {
        setPending(false);
      }
    },
  };
}
