'use client';

import { type KeyboardEvent, useRef } from 'react';
import { cx } from '../../../ui/cx.ts';
import { t } from '../../../messages/config-lines.ts';
import { settingLabel } from '../setting/setting-words.ts';
import { cellNote, cellText } from './cell-words.ts';
import { type CellChange, isSecretField, type LineCell } from './sheet.ts';

/** Where the focus goes once an edit of a cell is over. */
export type After = 'stay' | 'down' | 'up' | 'right' | 'left';

/** One cell of the sheet: its words, or the field in which it is typed. */
export function SheetCell(props: {
  cell: LineCell;
  name: string;
  change: CellChange | undefined;
  problem: string | undefined;
  at: { row: number; column: number };
  isActive: boolean;
  /** The text that its field begins with; null: it is not being typed. */
  editing: string | null;
  options: readonly string[];
  onChoose: () => void;
  onEdit: () => void;
  /** Null: what was typed is given up. */
  onTyped: (text: string | null, after: After) => void;
}) {
  const { cell, change, problem, at, isActive, editing } = props;
  const hadFocus = useRef(false);
  const isInherited = change === undefined && cell.origin !== null && cell.origin.layer !== 'port';
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the keys
    <td
      aria-colindex={at.column + 2}
      aria-selected={isActive}
      aria-invalid={problem !== undefined || undefined}
      data-cell={`${at.row} ${at.column}`}
      tabIndex={isActive && editing === null ? 0 : -1}
      onPointerDown={(event) => {
        hadFocus.current = document.activeElement === event.currentTarget;
      }}
      // The first press chooses a cell; one on the chosen cell types in it, with a finger as well.
      onClick={() => {
        // A press in the field of the cell moves its caret.
        if (editing !== null) return;
        if (hadFocus.current) props.onEdit();
        else props.onChoose();
      }}
      className={cx(
        'sheet-cell relative h-9 border-b border-l border-line/70 px-2.5 text-sm outline-offset-[-2px]',
        isInherited ? 'text-ink-3' : 'text-ink',
        change !== undefined && 'font-medium',
        problem !== undefined
          ? 'bg-critical-soft shadow-[inset_0_0_0_1.5px_var(--color-critical)]'
          : change !== undefined
            ? 'bg-minor-soft'
            : cell.inDraft !== null && 'bg-accent-soft',
      )}
    >
      {editing === null ? (
        <>
          <span className="block truncate">{cellText(cell, change)}</span>
          <span className="sr-only">{cellNote(cell, change, problem)}</span>
          {change !== undefined && <ChangedMark />}
        </>
      ) : (
        <CellField {...props} text={editing} />
      )}
    </td>
  );
}

/** A corner that says "changed" where colours are not told apart. */
const ChangedMark = () => (
  <span
    aria-hidden="true"
    className="absolute top-0 right-0 size-0 border-t-8 border-l-8 border-t-minor border-l-transparent"
  />
);

const AFTER: Readonly<Record<string, readonly [plain: After, shifted: After]>> = {
  Enter: ['down', 'up'],
  Tab: ['right', 'left'],
};

function CellField(props: {
  cell: LineCell;
  name: string;
  text: string;
  options: readonly string[];
  onTyped: (text: string | null, after: After) => void;
}) {
  const { cell, name, text, options, onTyped } = props;
  const list = options.length === 0 ? undefined : `sheet-${cell.field}`;
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    const after = AFTER[event.key];
    if (event.key === 'Escape') {
      event.preventDefault();
      onTyped(null, 'stay');
    } else if (after !== undefined) {
      event.preventDefault();
      onTyped(event.currentTarget.value, after[event.shiftKey ? 1 : 0]);
    }
  };
  return (
    <>
      <input
        aria-label={t('cellOf', { setting: settingLabel(cell.field), line: name })}
        type={isSecretField(cell.field) ? 'password' : 'text'}
        autoComplete={isSecretField(cell.field) ? 'new-password' : 'off'}
        spellCheck={false}
        list={list}
        defaultValue={text}
        // The field appears because somebody began to type in the cell.
        ref={(field) => field?.focus({ preventScroll: true })}
        onKeyDown={onKey}
        onPaste={(event) => event.stopPropagation()}
        onBlur={(event) => onTyped(event.currentTarget.value, 'stay')}
        className="absolute inset-0 size-full bg-surface px-2.5 text-sm text-ink outline-2 outline-offset-[-2px] outline-accent"
      />
      {list !== undefined && (
        <datalist id={list}>
          {options.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}
