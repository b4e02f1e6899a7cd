'use client';

import { type ConfigLine, LINE_FIELDS } from '@loopstart/contracts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { LINE_DEVICE_WORDS } from '../../../lib/words/port.ts';
import { t } from '../../../messages/config-lines.ts';
import { settingLabel } from '../setting/setting-words.ts';
import { parseBlock } from './block.ts';
import { lineName } from './cell-words.ts';
import { type After, SheetCell } from './sheet-cell.tsx';
import { cellKey, cellOf, editText, lineKey, moved, type Spot } from './sheet.ts';
import { stepOf } from './sheet-keys.ts';
import type { Sheet } from './use-sheet.ts';

const ROW_PX = 36;
/** So many rows before the last one that is loaded, the next page is fetched. */
const AHEAD = 40;

const AFTER_STEPS: Readonly<Record<After, Partial<Spot>>> = {
  stay: {},
  down: { row: 1 },
  up: { row: -1 },
  right: { column: 1 },
  left: { column: -1 },
};

/**
 * Lines as rows, their settings as columns. One cell is in the order of the Tab key; arrow keys move among them, typing
 * begins an edit, and a block of a spreadsheet is pasted from the chosen cell on. Only rows in sight are drawn.
 */
export function SheetGrid(props: {
  lines: readonly ConfigLine[];
  total: number;
  sheet: Sheet;
  plans: readonly string[];
  active: Spot;
  /** Why nothing can be typed; null: it can. */
  refusal: string | null;
  onActive: (at: Spot) => void;
  onPasted: (counts: { pasted: number; beyond: number }) => void;
  onNearEnd: () => void;
}) {
  const { lines, sheet, active, refusal, onActive, onNearEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [editing, setEditing] = useState<{ at: Spot; text: string } | null>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 1200, height: 900 },
    scrollPaddingStart: ROW_PX,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= lines.length - AHEAD) onNearEnd();
  }, [last, lines.length, onNearEnd]);
  useLayoutEffect(() => {
    if (!wantsFocus.current || editing !== null) return;
    const cell = box.current?.querySelector<HTMLElement>(`[data-cell="${active.row} ${active.column}"]`);
    if (cell === null || cell === undefined) return;
    wantsFocus.current = false;
    cell.focus();
  });
  const go = (at: Spot) => {
    wantsFocus.current = true;
    virtual.scrollToIndex(at.row, { align: 'auto' });
    onActive(at);
  };
  const begin = (text: string | null) => {
    const line = lines[active.row];
    if (refusal !== null || line === undefined) return;
    const cell = cellOf(line, active.column);
    const known = editText(cell, sheet.changes.get(cellKey(line, cell.field)));
    setEditing({ at: active, text: text ?? known });
  };
  const end = (text: string | null, after: After) => {
    // A field that goes away loses the focus as well: the first end counts.
    if (editing === null) return;
    if (text !== null) sheet.type(editing.at, text);
    setEditing(null);
    go(moved(editing.at, lines.length, AFTER_STEPS[after]));
  };
  const onKey = (event: KeyboardEvent) => {
    if (editing !== null || event.altKey) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const step = stepOf(event.key, isCommand);
    if (step !== undefined) {
      event.preventDefault();
      return go(moved(active, lines.length, step));
    }
    if (isCommand) {
      if (event.key.toLowerCase() !== 'z' || refusal !== null) return;
      event.preventDefault();
      return sheet.undo();
    }
    if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      return begin(null);
    }
    if ((event.key === 'Delete' || event.key === 'Backspace') && refusal === null) {
      event.preventDefault();
      return sheet.remove(active);
    }
    if (event.key.length === 1 && event.key !== ' ') {
      event.preventDefault();
      begin(event.key);
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing !== null || refusal !== null) return;
    event.preventDefault();
    const block = parseBlock(event.clipboardData.getData('text/plain'));
    if (block.length > 0) props.onPasted(sheet.paste(active, block));
  };
  const before = items[0]?.start ?? 0;
  const behind = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={box} className="relative max-h-[max(20rem,calc(100dvh-32rem))] overflow-auto overscroll-contain">
      <table
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- its cells are chosen and edited
        role="grid"
        aria-label={t('sheet')}
        aria-rowcount={props.total + 1}
        aria-colcount={LINE_FIELDS.length + 1}
        aria-readonly={refusal !== null || undefined}
        className="sheet w-full border-separate border-spacing-0"
        onKeyDown={onKey}
        onPaste={onPaste}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="sheet-head sheet-line z-20">
              {t('line')}
            </th>
            {LINE_FIELDS.map((field) => (
              <th key={field} scope="col" className="sheet-head border-l border-line/70">
                {settingLabel(field)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Space height={before} />}
          {items.map(({ index: row }) => {
            const line = lines[row];
            if (line === undefined) return null;
            return (
              <tr key={lineKey(line)} aria-rowindex={row + 2}>
                <LineHead line={line} />
                {line.cells.map((cell, column) => {
                  const key = cellKey(line, cell.field);
                  const isActive = active.row === row && active.column === column;
                  const isEdited = editing !== null && editing.at.row === row && editing.at.column === column;
                  return (
                    <SheetCell
                      key={cell.field}
                      cell={cell}
                      name={lineName(line)}
                      at={{ row, column }}
                      change={sheet.changes.get(key)}
                      problem={sheet.problems.get(key)}
                      isActive={isActive}
                      editing={isEdited ? editing.text : null}
                      options={cell.field === 'port.dialPlan' ? props.plans : NO_OPTIONS}
                      onChoose={() => go({ row, column })}
                      onEdit={() => begin(null)}
                      onTyped={end}
                    />
                  );
                })}
              </tr>
            );
          })}
          {behind > 0 && <Space height={behind} />}
        </tbody>
      </table>
    </div>
  );
}

const NO_OPTIONS: readonly string[] = [];

function LineHead({ line }: { line: ConfigLine }) {
  const { gateway, position, label, number, deviceClass } = line;
  return (
    <th scope="row" aria-colindex={1} className="sheet-line border-b border-line/70 bg-surface text-left font-normal">
      <span className="block truncate text-sm">
        <span className="font-medium">
          {t.rich('portName', { gateway: gateway.name, position, word: <span className="max-sm:sr-only" /> })}
        </span>{' '}
        <span className="text-ink-3">
          {[label, number === null ? null : t('numbered', { number }), LINE_DEVICE_WORDS[deviceClass]]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
      </span>
    </th>
  );
}

/** The rows that are not drawn, as room. */
const Space = ({ height }: { height: number }) => (
  <tr aria-hidden="true" ref={(row) => row?.style.setProperty('height', `${height}px`)}>
    {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- nothing is there */}
    <td />
  </tr>
);
