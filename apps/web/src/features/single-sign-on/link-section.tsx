'use client';

import { endpoints } from '@loopstart/contracts';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/single-sign-on.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { FailureNote } from '../../ui/state-panel.tsx';
import { SignOnReason, useUser } from '../session/index.ts';

/** Where a person links themselves to the identity provider that speaks for their address. */
export function LinkSection() {
  const { email, operator } = useUser();
  const outcome = useSearchParams()?.get('sso') ?? null;
  const options = useQuery({
    queryKey: ['sign-on', email],
    queryFn: () => call(endpoints.findSignOn, { body: { email } }),
    retry: false,
  });
  const link = useMutation({
    mutationFn: async (connectionId: string) => {
      const { url } = await call(endpoints.linkSignOn, { body: { connectionId } });
      window.location.assign(url);
      await new Promise(() => undefined);
    },
  });
  const items = options.data?.items ?? [];
  if (items.length === 0 && outcome === null) return null;
  return (
    <Section title={t('title')}>
      <SignOnReason reason={outcome} />
      {outcome === 'linked' && (
        <p role="status" className="mb-3 font-medium">
          {t('linkDone')}
        </p>
      )}
      {link.error !== null && <FailureNote told={tell(link.error)} />}
      <p className="mb-3 text-ink-2">{t('linkAbout', { operator: operator.name })}</p>
      <div className="flex flex-wrap gap-2">
        {items.map(({ connectionId, name }) => (
          <Button
            key={connectionId}
            pending={link.isPending && link.variables === connectionId}
            onClick={() => link.mutate(connectionId)}
          >
            {t('link', { name })}
          </Button>
        ))}
      </div>
    </Section>
  );
}
