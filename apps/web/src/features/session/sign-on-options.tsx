'use client';

import { endpoints } from '@loopstart/contracts';
import { useEffect, useState } from 'react';
import { call } from '../../lib/api/browser.ts';
import { type Told, tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';

interface Option {
  connectionId: string;
  name: string;
}

/** The ways to sign in that the domain of an address has beside a password; the same for addresses without an account. */
export function SignOnOptions({ email, next }: { email: string; next: string }) {
  const options = useOptions(email);
  const [going, setGoing] = useState<string | null>(null);
  const [failure, setFailure] = useState<Told | null>(null);
  const go = async (connectionId: string) => {
    setGoing(connectionId);
    setFailure(null);
    try {
      const { url } = await call(endpoints.beginSignOn, { body: { connectionId, returnTo: next } });
      window.location.assign(url);
    } catch (error) {
      setFailure(tell(error));
      setGoing(null);
    }
  };
  if (options.length === 0) return null;
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      {failure !== null && <FailureNote told={failure} />}
      {options.map(({ connectionId, name }) => (
        <Button
          key={connectionId}
          look="primary"
          wide
          pending={going === connectionId}
          onClick={() => void go(connectionId)}
        >
          {t('signInWith', { name })}
        </Button>
      ))}
      <p className="text-center text-sm text-ink-3">{t('or')}</p>
    </div>
  );
}

/** What the API offers for an address; nothing where it does not answer, because the password works without it. */
function useOptions(email: string): readonly Option[] {
  const [found, setFound] = useState<{ email: string; items: readonly Option[] }>({ email: '', items: [] });
  useEffect(() => {
    const asked = endpoints.findSignOn.body.safeParse({ email });
    if (!asked.success) return undefined;
    let isWanted = true;
    call(endpoints.findSignOn, { body: asked.data }).then(
      ({ items }) => isWanted && setFound({ email, items }),
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [email]);
  return found.email === email ? found.items : [];
}
