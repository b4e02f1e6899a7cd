'use client';

import { useInfiniteQuery } from '../../../lib/api/use-query.ts';
import { t } from '../../../messages/configuration.ts';
import { Section } from '../../../ui/section.tsx';
import { historyQuery } from '../queries.ts';
import { EntryChanges } from '../revisions/entry-changes.tsx';

/** What changed for a gateway or one of its ports, in any layer: what changed before it broke. */
export function HistorySection({ gatewayId, position }: { gatewayId: string; position?: number }) {
  const list = useInfiniteQuery(historyQuery(gatewayId, position));
  return (
    <Section title={t('whatChanged')} flush>
      <EntryChanges list={list} />
    </Section>
  );
}
