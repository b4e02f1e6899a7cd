'use client';

import { useId, useState } from 'react';
import { ChoiceButton, ChoiceLine, ChoicePanel } from './choice-panel.tsx';
import { t } from '../messages/common.ts';

/** More than this and the boxes go into a list that opens, with a search of its own. */
const IN_SIGHT_MAX = 8;
export const NONE_FOUND = t('noMatches');

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
  /** Where there are too many to hold: `options` are what the search found, and chosen ones are named by `wordOf`. */
  search?: {
    find: string;
    onFind: (text: string) => void;
    note: string | undefined;
    wordOf: (value: T) => string;
  };
}

/** Several of many, as boxes to tick. None ticked has a meaning, which is said. */
export function MultiChoice<T extends string>(props: Props<T>) {
  const { legend, options, value, onChange, error } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [find, setFind] = useState('');
  const many = props.search !== undefined || options.length > IN_SIGHT_MAX;
  const shown =
    many && props.search === undefined
      ? options.filter(([, word]) => word.toLowerCase().includes(find.trim().toLowerCase()))
      : options;
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
        <ChoiceButton
          legend={legend}
          words={chosenWords(value, props.search?.wordOf ?? wordIn(options), props.none)}
          empty={value.length === 0}
          open={open}
          onPress={() => setOpen(!open)}
        />
      )}
      {many && open && (
        <ChoicePanel
          legend={legend}
          find={props.search?.find ?? find}
          onFind={props.search?.onFind ?? setFind}
          note={props.search === undefined ? (shown.length === 0 ? NONE_FOUND : undefined) : props.search.note}
        >
          {shown.map(([one, word]) => (
            <Box key={one} word={word} checked={value.includes(one)} onChange={(on) => toggle(one, on)} />
          ))}
        </ChoicePanel>
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
    <ChoiceLine word={props.word}>
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
    </ChoiceLine>
  );
}

function wordIn<T extends string>(options: Props<T>['options']): (value: T) => string {
  return (value) => options.find(([one]) => one === value)?.[1] ?? t('removed');
}

function chosenWords<T extends string>(value: readonly T[], wordOf: (value: T) => string, none: string): string {
  if (value.length === 0) return none;
  const words = value.slice(0, 3).map(wordOf);
  return value.length <= 3
    ? words.join(', ')
    : t('andMore', { first: words.slice(0, 2).join(', '), count: value.length - 2 });
}
