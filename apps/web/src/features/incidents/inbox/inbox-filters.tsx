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

const STATES = INBOX_STATES.map(
  (state) => [state, state === 'all' ? 'all, also what is over' : ATTENTION_WORDS[state].toLowerCase()] as const,
);
const SEVERITIES = [...ALERT_SEVERITIES]
  .reverse()
  .filter((severity) => severity !== 'info')
  .map((severity) => {
    const word = SEVERITY_WORDS[severity].toLowerCase();
    return [severity, severity === 'critical' ? word : `${word} or worse`] as const;
  });
const KINDS = SOURCED_KINDS.map((kind) => [kind, CONDITIONS[kind].title] as const).sort(([, a], [, b]) =>
  a.localeCompare(b, 'en'),
);
const ASSIGNED = [
  ['me', 'me'],
  ['nobody', 'nobody'],
] as const;

type Change = Partial<Record<keyof IncidentFilters, string | undefined>>;

/** Search and filters of the inbox; the URL holds them. */
export function InboxFilters({ filters, set }: { filters: IncidentFilters; set: (change: Change) => void }) {
  const { siteId, gatewayId, position } = filters;
  return (
    <Toolbar label="Narrow the inbox">
      <SearchField label="Search incidents" value={filters.q} onChange={(q) => set({ q })} />
      <FilterChoice
        label="State"
        unset="not over"
        value={filters.state}
        options={STATES}
        onChange={(state) => set({ state })}
      />
      <FilterChoice
        label="Severity"
        value={filters.severity}
        options={SEVERITIES}
        onChange={(severity) => set({ severity })}
      />
      <FilterChoice label="Kind" value={filters.kind} options={KINDS} onChange={(kind) => set({ kind })} />
      <PlaceFilters
        customerId={filters.customerId}
        siteId={siteId}
        set={(place) => set({ ...place, gatewayId: undefined, position: undefined })}
      />
      <FilterChoice
        label="For"
        value={filters.assignedTo}
        options={ASSIGNED}
        onChange={(assignedTo) => set({ assignedTo })}
      />
      {gatewayId !== undefined && (
        <Button look="quiet" onClick={() => set({ gatewayId: undefined, position: undefined })}>
          One {position === undefined ? 'gateway' : 'port'} only: show all
        </Button>
      )}
    </Toolbar>
  );
}
