'use client';

import { Check } from 'lucide-react';
import { counted, count } from '../../../lib/format/number.ts';
import { Button } from '../../../ui/button.tsx';

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
      aria-label="What is ticked"
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-lg border border-accent bg-raised px-3 py-2 shadow-raised"
    >
      <p role="status" className="mr-auto font-medium">
        {props.everything
          ? `All ${counted(selected, 'incident')} that match`
          : `${counted(selected, 'incident')} ticked`}
      </p>
      {selectAll !== null && (
        <Button size="sm" look="quiet" onClick={selectAll.onSelect}>
          Tick all {count(selectAll.total)} that match
        </Button>
      )}
      <Button size="sm" look="quiet" onClick={props.onClear}>
        Untick
      </Button>
      <Button
        size="sm"
        look="primary"
        pending={props.pending}
        onClick={props.onAcknowledge}
        icon={<Check aria-hidden="true" className="size-3.5" />}
      >
        {props.pending ? 'Acknowledging…' : 'Acknowledge'}
      </Button>
    </div>
  );
}
