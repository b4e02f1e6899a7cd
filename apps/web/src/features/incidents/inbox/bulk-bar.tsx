'use client';

import { Check } from 'lucide-react';
import { Button } from '../../../ui/button.tsx';
import { t } from '../../../messages/incidents.ts';

/** What can be done with what is ticked. It floats over the end of the list, so that nothing jumps when a box is ticked. */
export function BulkBar(props: {
  selected: number;
  /** All that match, where more match than are ticked and the rest is not loaded; null where there is nothing more. */
  selectAll: { total: number; onSelect: () => void } | null;
  everything: boolean;
  pending: boolean;
  onAcknowledge: () => void;
  onClear: () => void;
}) {
  const { selected, selectAll } = props;
  return (
    <div
      role="region"
      aria-label={t('selectedIncidents')}
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-lg border border-accent bg-raised px-3 py-2 shadow-raised"
    >
      <p role="status" className="mr-auto font-medium">
        {props.everything ? t('allIncidentMatch', { selected }) : t('incidentSelected', { selected })}
      </p>
      {selectAll !== null && (
        <Button size="sm" look="quiet" onClick={selectAll.onSelect}>
          {t('selectAllMatch', { total: selectAll.total })}
        </Button>
      )}
      <Button size="sm" look="quiet" onClick={props.onClear}>
        {t('clearSelection')}
      </Button>
      <Button
        size="sm"
        look="primary"
        pending={props.pending}
        onClick={props.onAcknowledge}
        icon={<Check aria-hidden="true" className="size-3.5" />}
      >
        {props.pending ? t('acknowledging') : t('acknowledge')}
      </Button>
    </div>
  );
}
