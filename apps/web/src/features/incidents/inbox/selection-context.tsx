'use client';

import { createContext, use } from 'react';
import { cx } from '../../../ui/cx.ts';
import { Hint } from '../../../ui/hint.tsx';
import { isSelected, type Selection, shownState } from './selection.ts';
import { t } from '../../../messages/incidents.ts';

interface Held {
  selection: Selection;
  shown: readonly string[];
  /** Why nothing can be ticked; null where it can. */
  refusal: string | null;
  toggle: (id: string) => void;
  toggleShown: () => void;
}

/** What is ticked, for the boxes in the table, whose columns are the same for everybody. */
export const SelectionContext = createContext<Held | null>(null);

function useSelection(): Held {
  const held = use(SelectionContext);
  if (held === null) throw new Error('boxes of the inbox need a SelectionContext above them');
  return held;
}

/** The box of one row. */
export function RowBox({ id, name }: { id: string; name: string }) {
  const { selection, toggle, refusal } = useSelection();
  return (
    <Box
      label={t('select', { name })}
      state={isSelected(selection, id) ? 'all' : 'none'}
      refusal={refusal}
      onToggle={() => toggle(id)}
    />
  );
}

/** The box on top, for all rows in sight. */
export function AllBox() {
  const { selection, shown, toggleShown, refusal } = useSelection();
  return (
    <Box label={t('selectAllPage')} state={shownState(selection, shown)} refusal={refusal} onToggle={toggleShown} />
  );
}

/** A box that cannot be ticked stays focusable, so that the reason can be read by everybody. */
function Box(props: { label: string; state: 'none' | 'some' | 'all'; refusal: string | null; onToggle: () => void }) {
  const { refusal } = props;
  const box = (
    <label className="-m-1 grid size-8 place-items-center">
      <span className="sr-only">
        {refusal === null ? props.label : t('notPossible2', { label: props.label, refusal })}
      </span>
      <input
        type="checkbox"
        ref={(input) => {
          if (input !== null) input.indeterminate = props.state === 'some';
        }}
        checked={props.state === 'all'}
        aria-disabled={refusal !== null || undefined}
        onChange={refusal === null ? props.onToggle : () => undefined}
        className={cx('size-4.5 accent-accent', refusal === null ? 'cursor-pointer' : 'cursor-not-allowed opacity-55')}
      />
    </label>
  );
  return refusal === null ? box : <Hint text={refusal}>{box}</Hint>;
}
