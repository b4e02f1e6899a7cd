'use client';

import { ChevronDown, Search } from 'lucide-react';
import { useId, useState } from 'react';
import { cx } from './cx.ts';

/** More than this and the boxes go into a list that opens, with a search of its own. */
const IN_SIGHT_MAX = 8;

interface Props<T extends string> {
  legend: string;
  /** The path of the field in its schema, by which errors find it. */
  name: string;
  options: readonly (readonly [value: T, word: string])[];
  value: readonly T[];
  onChange: (value: T[]) => void;
  /** What none ticked means, such as "any". */
  none: string;
  error?: string | undefined;
}

/** Several of many, as boxes to tick. None ticked has a meaning, which is said. */
export function MultiChoice<T extends string>(props: Props<T>) {
  const { legend, options, value, onChange, error } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [find, setFind] = useState('');
  const many = options.length > IN_SIGHT_MAX;
  const shown = many ? options.filter(([, word]) => word.toLowerCase().includes(find.trim().toLowerCase())) : options;
  const toggle = (one: T, on: boolean) => onChange(on ? [...value, one] : value.filter((other) => other !== one));
  return (
    <fieldset
      data-field={props.name}
      tabIndex={-1}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      className="flex min-w-0 flex-col gap-1 outline-none"
    >
      <legend className="mb-1 text-sm font-medium text-ink">
        {legend}
        {!many && value.length === 0 && <span className="font-normal text-ink-3"> ({props.none})</span>}
      </legend>
      {many && (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-9 w-full items-center gap-2 rounded-md border border-edge bg-surface px-2.5 py-1 text-left"
        >
          <span className={cx('min-w-0 flex-1 truncate', value.length === 0 && 'text-ink-3')}>
            <span className="sr-only">{legend}: </span>
            {chosenWords(options, value, props.none)}
          </span>
          <ChevronDown
            aria-hidden="true"
            className={cx('size-4 shrink-0 text-ink-3 transition-transform', open && 'rotate-180')}
          />
        </button>
      )}
      {many && open && (
        <div className="rounded-md border border-line bg-sunken p-2">
          <div className="relative mb-1">
            <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2 size-3.5 text-ink-3" />
            <input
              type="search"
              value={find}
              onChange={(event) => setFind(event.target.value)}
              aria-label={`Find in ${legend.toLowerCase()}`}
              placeholder="Find"
              className="h-8 w-full rounded-sm border border-edge bg-surface pr-2 pl-7 text-sm pointer-coarse:text-lg"
            />
          </div>
          <div className="max-h-48 overflow-y-auto overscroll-contain">
            {shown.map(([one, word]) => (
              <Box key={one} word={word} checked={value.includes(one)} onChange={(on) => toggle(one, on)} />
            ))}
            {shown.length === 0 && <p className="px-1 py-2 text-sm text-ink-3">Nothing is called so.</p>}
          </div>
        </div>
      )}
      {!many && (
        <div className="flex flex-wrap gap-x-4">
          {shown.map(([one, word]) => (
            <Box key={one} word={word} checked={value.includes(one)} onChange={(on) => toggle(one, on)} />
          ))}
        </div>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-critical">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Box(props: { word: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2 text-base">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      {props.word}
    </label>
  );
}

function chosenWords(options: Props<string>['options'], value: readonly string[], none: string): string {
  if (value.length === 0) return none;
  const words = options.filter(([one]) => value.includes(one)).map(([, word]) => word);
  return words.length <= 3 ? words.join(', ') : `${words.slice(0, 2).join(', ')} and ${words.length - 2} more`;
}
