'use client';

import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { t } from '../../messages/common.ts';

type Announce = (sentence: string) => void;

const Context = createContext<Announce>(() => undefined);

/** One polite live region for the whole page. Screen readers read what is put there; nobody else sees it. */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ id: number; sentence: string }[]>([]);
  const announce = useCallback<Announce>(
    // The last few stay, so that one said right after another is not lost.
    (sentence) => setSaid((old) => [...old.slice(-3), { id: (old.at(-1)?.id ?? 0) + 1, sentence }]),
    [],
  );
  return (
    <Context value={announce}>
      {children}
      <div className="sr-only" role="log" aria-live="polite" aria-relevant="additions" aria-label={t('changes')}>
        {said.map(({ id, sentence }) => (
          <p key={id}>{sentence}</p>
        ))}
      </div>
    </Context>
  );
}

export function useAnnounce(): Announce {
  return use(Context);
}
