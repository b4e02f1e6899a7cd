'use client';

import { ALERT_SEVERITIES } from '@loopstart/contracts';
import { CONDITIONS, SOURCED_KINDS } from '@loopstart/domain';
import { Button } from '../../../ui/button.tsx';
import { FilterChoice } from '../../../ui/field.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Toolbar } from '../../../ui/toolbar.tsx';
import { ATTENTION_WORDS } from '../../../lib/words/incident.ts';
import { SEVERITY_WORDS } from '../../../lib/words/port.ts';
import { PlaceFilters } from '../../place-filters/index.ts';
import { INBOX_STATES, type IncidentFilters } from '../filters.schema.ts';
import { t } from '../../../messages/incidents.ts';
import { t as common } from '../../../messages/common.ts';

const STATES = INBOX_STATES.map(
  (state) => [state, state === 'all' ? t('allIncludingResolved') : ATTENTION_WORDS[state].toLowerCase()] as const,
);
const SEVERITIES = [...ALERT_SEVERITIES]
  .reverse()
  .filter((severity) => severity !== 'info')
  .map((severity) => {
    const word = SEVERITY_WORDS[severity].toLowerCase();
    return [severity, severity === 'critical' ? word : t('orWorse', { word })] as const;
  });
const KINDS = SOURCED_KINDS.map((kind) => [kind, CONDITIONS[kind].title] as const).sort(([, a], [, b]) =>
  a.localeCompare(b, 'en'),
);
const ASSIGNED = [
  ['me', t('me')],
  ['nobody', common('nobody')],
] as const;

type Change = Partial<Record<keyof IncidentFilters, string | undefined>>;

/** Search and filters of the inbox; the URL holds them. */
export function InboxFilters({ filters, set }: { filters: IncidentFilters; set: (change: Change) => void }) {
  const { siteId, gatewayId, position } = filters;
  return (
    <Toolbar label={t('filterIncidents')}>
      <SearchField label={t('searchIncidents')} value={filters.q} onChange={(q) => set({ q })} />
      <FilterChoice
        label={common('state')}
        unset={t('notResolved')}
        value={filters.state}
        options={STATES}
        onChange={(state) => set({ state })}
      />
      <FilterChoice
        label={common('severity')}
        value={filters.severity}
        options={SEVERITIES}
        onChange={(severity) => set({ severity })}
      />
      <FilterChoice label={t('kind')} value={filters.kind} options={KINDS} onChange={(kind) => set({ kind })} />
      <PlaceFilters
        customerId={filters.customerId}
        siteId={siteId}
        set={(place) => set({ ...place, gatewayId: undefined, position: undefined })}
      />
      <FilterChoice
        label={t('assignedTo')}
        value={filters.assignedTo}
        options={ASSIGNED}
        onChange={(assignedTo) => set({ assignedTo })}
      />
      {gatewayId !== undefined && (
        <Button look="quiet" onClick={() => set({ gatewayId: undefined, position: undefined })}>
          {t('oneOnly', { positionIs: position === undefined ? 'yes' : 'no' })}
        </Button>
      )}
    </Toolbar>
  );
}
