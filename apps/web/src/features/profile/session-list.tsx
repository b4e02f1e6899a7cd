'use client';

import { endpoints } from '@loopstart/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useQuery } from '../../lib/api/use-query.ts';
import { call } from '../../lib/api/browser.ts';
import type { ResponseOf } from '../../lib/api/query.ts';
import { tell } from '../../lib/errors/sentences.ts';
import { t } from '../../messages/people.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ownSessionsQuery } from './queries.ts';
import { browserOf } from './browser-name.ts';

/** Where the person is signed in, and a way to end what is not theirs any more. */
export function SessionList() {
  const { data, error, refetch } = useQuery(ownSessionsQuery());
  const end = useEnd();
  const others = data?.items.filter(({ current }) => !current) ?? [];
  return (
    <Section
      title={t('sessions')}
      flush
      {...(others.length > 0
        ? {
            actions: (
              <Button size="sm" pending={end.isPending} onClick={() => end.mutate(null)}>
                {t('endOthers')}
              </Button>
            ),
          }
        : {})}
    >
      {data === undefined ? (
        error === null ? (
          <Loading what={t('sessionsLower')}>
            <Bone className="m-4 h-9" />
          </Loading>
        ) : (
          <Failure error={error} retry={refetch} />
        )
      ) : (
        <ul>
          {data.items.map((item) => (
            <SessionItem key={item.id} item={item} end={() => end.mutate(item.id)} pending={end.isPending} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SessionItem(props: {
  item: ResponseOf<'listOwnSessions'>['items'][number];
  end: () => void;
  pending: boolean;
}) {
  const { item } = props;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-2 first:border-t-0">
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {browserOf(item.userAgent) ?? t('unknownBrowser')}
          {item.current && <Tag>{t('thisSession')}</Tag>}
        </span>
        <span className="block text-sm text-ink-3">
          {item.operator} · {item.address ?? t('unknownAddress')} ·{' '}
          {t.rich('lastSeen', { moment: <Moment at={item.lastUsedAt} siteZone={null} /> })}
        </span>
      </span>
      {!item.current && (
        <Button size="sm" pending={props.pending} onClick={props.end}>
          {t('endSession')}
        </Button>
      )}
    </li>
  );
}

/** Ends one session, or with null all others. */
function useEnd() {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: async (sessionId: string | null) => {
      if (sessionId === null) await call(endpoints.endOtherSessions);
      else await call(endpoints.endOwnSession, { params: { sessionId } });
    },
    onSuccess: () => toast(t('sessionEnded')),
    onError: (error: Error) => toast(tell(error).sentence),
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery().queryKey }),
  });
}
