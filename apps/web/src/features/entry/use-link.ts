'use client';

import { useEffect, useState } from 'react';
import { tell, type Told } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/entry.ts';

/** The link that opened a page: being read, at fault, or what it offers with its secret. */
export type OpenedLink<T> =
  | { state: 'reading' }
  | { state: 'failed'; told: Told }
  | { state: 'open'; token: string; offer: T };

/**
 * Reads the secret of a link behind the # of the address, takes it out of the address (it would stay in the history), and
 * asks the API what it offers.
 */
export function useLink<T>(read: (token: string) => Promise<T>): OpenedLink<T> {
  const [link, setLink] = useState<OpenedLink<T>>({ state: 'reading' });
  useEffect(() => {
    const token = window.location.hash.slice(1);
    if (token === '') {
      const told: Told = { sentence: t('noToken'), advice: null, requestId: null, retryable: false, kind: 'refused' };
      // After the effect of a development build ran twice, the secret is in the state already.
      setLink((before) => (before.state === 'reading' ? { state: 'failed', told } : before));
      return;
    }
    window.history.replaceState(null, '', window.location.pathname);
    read(token).then(
      (offer) => setLink({ state: 'open', token, offer }),
      (error: unknown) => setLink({ state: 'failed', told: tell(error) }),
    );
    // The address is read once, when the page opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return link;
}
