'use client';

import type { endpoints } from '@loopstart/contracts';
import type { z } from 'zod';
import { useQuery } from '../../lib/api/use-query.ts';
import { t } from '../../messages/provider.ts';
import { Banner } from '../../ui/banner.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Section } from '../../ui/section.tsx';
import { Bone, Loading } from '../../ui/skeleton.tsx';
import { Failure } from '../../ui/state-panel.tsx';
import { type Column, DataTable } from '../../ui/table/data-table.tsx';
import { trailQuery } from './queries.ts';

type Entry = z.infer<typeof endpoints.getProviderTrail.response>['items'][number];

const VERBS: Readonly<Record<string, string>> = t.group('verb');

const COLUMNS: readonly Column<Entry>[] = [
  { id: 'at', header: t('when'), cell: ({ at }) => <Moment at={at} siteZone={null} /> },
  { id: 'by', header: t('by'), cell: ({ by }) => by },
  { id: 'verb', header: t('what'), rowHeader: true, card: 'title', cell: ({ verb }) => VERBS[verb] ?? verb },
  { id: 'subject', header: t('name'), cell: ({ subject }) => subject.name },
];

/** What people of the provider did, and whether the chain of it is whole. */
export function Trail() {
  const trail = useQuery(trailQuery());
  return (
    <Section title={t('trail')} flush>
      {trail.data === undefined ? (
        trail.error === null ? (
          <Loading what={t('trail')}>
            <Bone className="h-24 w-full" />
          </Loading>
        ) : (
          <Failure error={trail.error} retry={trail.refetch} />
        )
      ) : (
        <>
          <div className="px-4 py-3 text-sm text-ink-2">
            {trail.data.brokenAt === null ? (
              <>
                {t('trailWhole', { total: trail.data.total })}{' '}
                {trail.data.signed === null
                  ? t('trailUnsigned')
                  : t.rich('trailSigned', {
                      seq: trail.data.signed.seq,
                      moment: <Moment at={trail.data.signed.at} siteZone={null} />,
                    })}
              </>
            ) : (
              <Banner tone="critical" title={t('trailBroken', { seq: String(trail.data.brokenAt) })}>
                {t('trailBrokenAbout')}
              </Banner>
            )}
          </div>
          {trail.data.items.length > 0 && (
            <DataTable
              caption={t('trail')}
              columns={COLUMNS}
              rows={trail.data.items}
              rowKey={({ seq }) => String(seq)}
            />
          )}
        </>
      )}
    </Section>
  );
}
