'use client';

import { EVENT_KINDS } from '@loopstart/contracts';
import { useNow } from '../../lib/clock/now.tsx';
import { useFilters } from '../../lib/url/use-filters.ts';
import { EVENT_KIND_WORDS } from '../../lib/words/event.ts';
import { Button } from '../../ui/button.tsx';
import { FilterChoice } from '../../ui/field.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Section } from '../../ui/section.tsx';
import { NoMatch } from '../../ui/state-panel.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { PlaceFilters } from '../place-filters/index.ts';
import { EventList } from './event-list.tsx';
import { EventFilters } from './filters.schema.ts';
import { spanStart } from './queries.ts';
import { t } from '../../messages/events.ts';
import { t as common } from '../../messages/common.ts';

const KINDS = EVENT_KINDS.map((kind) => [kind, EVENT_KIND_WORDS[kind]] as const);
const SPANS = [
  ['1h', t('lastHour')],
  ['24h', t('last24Hours')],
  ['7d', t('last7Days')],
] as const;
const NO_FILTERS = {
  q: undefined,
  kind: undefined,
  customerId: undefined,
  siteId: undefined,
  gatewayId: undefined,
  within: undefined,
};

export function EventsPage() {
  const { filters, set } = useFilters(EventFilters);
  const { q, kind, customerId, siteId, gatewayId, within } = filters;
  const from = spanStart(within, useNow(60_000));
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title={common('events')} description={t('trapsInformsSyslogMessagesGateways')} />
      <Toolbar label={t('filterEvents')}>
        <SearchField label={t('searchEvents')} value={q} onChange={(next) => set({ q: next })} />
        <FilterChoice label={t('kind')} value={kind} options={KINDS} onChange={(next) => set({ kind: next })} />
        <PlaceFilters customerId={customerId} siteId={siteId} set={set} />
        <FilterChoice label={t('period')} value={within} options={SPANS} onChange={(next) => set({ within: next })} />
        {gatewayId !== undefined && (
          <Button look="quiet" onClick={() => set({ gatewayId: undefined })}>
            {t('oneGatewayOnlyShow')}
          </Button>
        )}
      </Toolbar>
      <Section title={common('events')} flush>
        <EventList
          scope={{ q, kind, customerId, siteId, gatewayId, from }}
          place="fleet"
          {...(filtered && {
            empty: (
              <NoMatch
                title={t('noEventsMatchFilters')}
                action={<Button onClick={() => set(NO_FILTERS)}>{common('clearFilters')}</Button>}
              >
                {t('chooseLongerPeriodSearch')}
              </NoMatch>
            ),
          })}
        />
      </Section>
    </>
  );
}
