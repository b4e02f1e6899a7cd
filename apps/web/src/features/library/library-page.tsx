'use client';

import type { LibraryObject } from '@loopstart/contracts';
import { Library, Lock } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/library.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Empty, Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { useUser } from '../session/index.ts';
import { nameOf } from './content.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { libraryQuery } from './queries.ts';
import { usesWords } from './uses-words.ts';
import { VersionDialog } from './version-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** Settings → Library: what who runs the installation publishes to operators. */
export function LibraryPage() {
  const { provider } = useUser();
  if (provider) return <Page />;
  return (
    <Empty icon={<Lock />} title={t('notAllowed')}>
      {t('notProvider')}
    </Empty>
  );
}

type Doing = { what: 'publish' } | { what: 'version' | 'withdraw'; published: LibraryObject };

function Page() {
  const library = useQuery(libraryQuery());
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('about')}
        actions={
          <Button
            look="primary"
            onClick={() => setDoing({ what: 'publish' })}
            icon={<Library aria-hidden="true" className="size-4" />}
          >
            {t('publish')}
          </Button>
        }
      />
      <Section title={t('title')} flush>
        {library.data === undefined ? (
          library.error === null ? (
            <Loading what={t('libraryLower')}>
              <Bone className="h-48 w-full" />
            </Loading>
          ) : (
            <Failure error={library.error} retry={library.refetch} />
          )
        ) : library.data.items.length === 0 ? (
          <Empty icon={<Library />} title={t('none')}>
            {t('noneAbout')}
          </Empty>
        ) : (
          <DataTable
            caption={t('title')}
            columns={columns(setDoing)}
            rows={library.data.items}
            rowKey={({ id }) => id}
          />
        )}
      </Section>
      {doing?.what === 'publish' && <PublishDialog onClose={close} />}
      {doing?.what === 'version' && <VersionDialog published={doing.published} onClose={close} />}
      {doing?.what === 'withdraw' && <WithdrawDialog published={doing.published} onClose={close} />}
    </>
  );
}

const columns = (act: (doing: Doing) => void): Column<LibraryObject>[] => [
  { id: 'name', header: t('name'), rowHeader: true, card: 'title', cell: ({ object }) => nameOf(object) },
  { id: 'kind', header: t('kind'), cell: ({ object }) => t.group('kinds')[object.kind] },
  { id: 'mode', header: t('mode'), cell: ({ mode }) => t.group('modes')[mode] },
  {
    id: 'for',
    header: t('forWhom'),
    cell: ({ forAll, operatorIds: { length: count } }) =>
      forAll ? t('allCount', { count }) : t('countOperators', { count }),
  },
  {
    id: 'version',
    header: t('versionHeader'),
    cell: ({ version, updatedAt }) => (
      <span>
        {version}{' '}
        <span className="text-sm text-ink-3">
          · <Moment at={updatedAt} siteZone={null} />
        </span>
      </span>
    ),
  },
  { id: 'used', header: t('used'), cell: usesWords },
  {
    id: 'actions',
    header: t('actions'),
    card: 'line',
    cell: (published) => (
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => act({ what: 'version', published })}>
          {t('newVersion')}
        </Button>
        <Button size="sm" onClick={() => act({ what: 'withdraw', published })}>
          {t('withdraw')}
        </Button>
      </div>
    ),
  },
];
