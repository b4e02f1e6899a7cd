'use client';

import { endpoints, type User } from '@loopstart/contracts';
import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { makeBrowserClient } from '../../lib/api/client.ts';
import { query } from '../../lib/api/query.ts';
import { tell, type Told } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/provider.ts';
import { Button } from '../../ui/button.tsx';
import { LogoMark } from '../../ui/logo.tsx';
import { Moment } from '../../ui/moment.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { ownOperatorsQuery, useSwitch } from '../profile/index.ts';

const ASK_AGAIN_MS = 15_000;

/** Instead of the console while the operator is suspended: why, and what goes on without its people. */
export function Suspended({ user }: { user: User }) {
  const [client] = useState(() => makeBrowserClient(() => window.location.assign('/sign-in')));
  return (
    <QueryClientProvider client={client}>
      <Tooltip.Provider>
        <Page user={user} />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}

function Page({ user }: { user: User }) {
  useReloadWhenResumed();
  const others = useQuery(ownOperatorsQuery()).data?.items.filter(({ current }) => !current) ?? [];
  const change = useSwitch();
  const [failure, setFailure] = useState<Told | null>(null);
  const signOut = () =>
    call(endpoints.signOut).then(
      () => window.location.assign('/sign-in'),
      (error: unknown) => setFailure(tell(error)),
    );
  return (
    <main className="grid min-h-dvh place-items-center px-6 py-10">
      <div className="flex max-w-md flex-col gap-4">
        <LogoMark className="size-10" />
        <h1 className="text-xl font-semibold">{t('suspendedTitle', { operator: user.operator.name })}</h1>
        <div>
          <p className="text-ink-2">{t('suspendedWhy')}</p>
          <p className="mt-1 font-medium wrap-anywhere">{user.suspension?.reason}</p>
          {user.suspension !== null && (
            <p className="mt-1 text-sm text-ink-3">
              {t('suspendedSince')} <Moment at={user.suspension.since} siteZone={null} />
            </p>
          )}
        </div>
        <p className="text-ink-2">{t('stillWatched')}</p>
        {failure !== null && <FailureNote told={failure} />}
        {others.length > 0 && (
          <section aria-label={t('workElsewhere')} className="flex flex-col gap-2">
            <h2 className="text-sm font-medium">{t('workElsewhere')}</h2>
            {others.map(({ id, name }) => (
              <Button key={id} onClick={() => void change(id)}>
                {name}
              </Button>
            ))}
          </section>
        )}
        <Button onClick={() => void signOut()}>{t('signOut')}</Button>
      </div>
    </main>
  );
}

/** The console comes back by itself when the operator is resumed. */
function useReloadWhenResumed(): void {
  const { data } = useQuery({ ...query('getSession'), refetchInterval: ASK_AGAIN_MS });
  const isResumed = data !== undefined && data.suspension === null;
  useEffect(() => {
    if (isResumed) window.location.reload();
  }, [isResumed]);
}
